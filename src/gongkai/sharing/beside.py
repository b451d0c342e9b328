"""On the desk page of a document: send it in, or pass it on."""

from __future__ import annotations

from gongkai.agencies.standing import Standing
from gongkai.documents.besides import Part, register
from gongkai.documents.models import Document
from gongkai.sharing.rules import is_office, may_offer


def ways(document: Document, standing: Standing) -> Part:
    values = {
        "document": document,
        "may_offer": may_offer(standing, document.agency),
        "may_push": is_office(standing),
    }
    return Part("sharing/_ways.html", values)


register("sharing", ways)
