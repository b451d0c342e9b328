"""On the desk page of a document: where it was shown."""

from __future__ import annotations

from gongkai.agencies.standing import Standing
from gongkai.channels.queries import shown_where
from gongkai.channels.rules import may_record
from gongkai.documents.besides import Part, register
from gongkai.documents.models import Document


def where(document: Document, standing: Standing) -> Part:
    values = {
        "document": document,
        "showings": shown_where(document),
        "may_record": may_record(standing, document.agency),
    }
    return Part("channels/_where.html", values)


register("channels", where)
