"""On the desk page of a document: an edition is approved and not public yet, and what is to be done next."""

from __future__ import annotations

from gongkai.agencies.standing import Standing
from gongkai.documents.besides import Part, register
from gongkai.documents.models import Document
from gongkai.publication.queries import plan_of
from gongkai.publication.rules import PUBLISHERS, may_publish
from gongkai.publication.waiting import approved_of


def unpublished(document: Document, standing: Standing) -> Part | None:
    """Tell of the edition of *document* that may go out, when it is planned to, and who publishes it."""
    edition = approved_of(document)
    if edition is None:
        return None
    values = {
        "edition": edition,
        "document": document,
        "plan": plan_of(edition),
        "may_publish": may_publish(standing, document.agency),
        "publishers": PUBLISHERS,
    }
    return Part("publication/_beside.html", values, first=True)


register("publication", unpublished)
