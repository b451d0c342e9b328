"""Reading where texts were shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.channels.models import Showing
from gongkai.documents.models import Document, Edition
from gongkai.publication.models import Publication
from gongkai.review.models import Seal


def visible_showings(standing: Standing) -> QuerySet[Showing]:
    """Return the showings of, or by, the agencies whose work *standing* lets one see (invariant 4)."""
    mine = visible_to(standing)
    seen = Showing.objects.filter(Q(edition__document__agency__in=mine) | Q(unit__in=mine))
    return seen.select_related("edition__document", "event", "by_person")


def open_findings(showings: QuerySet[Showing]) -> QuerySet[Showing]:
    """Return those of *showings* whose text differs and that nobody has dealt with."""
    return showings.filter(differences__gt=0, settlement="", struck_at=None)


def shown_where(document: Document) -> QuerySet[Showing]:
    """Return where editions of *document* were shown, the latest first; what was struck left out."""
    found = Showing.objects.filter(edition__document=document, struck_at=None)
    return found.select_related("edition", "event").order_by("-from_on", "-pk")


def approved_edition(document: Document) -> Edition | None:
    """Return the edition other channels may show: the one that is public, else the last that was sealed."""
    live = (
        Publication.objects.filter(document=document, live=True).select_related("edition").first()
    )
    if live:
        return live.edition
    seal = Seal.objects.filter(edition__document=document).select_related("edition")
    last = seal.order_by("-edition__n").first()
    return last.edition if last else None


def approved_documents(numbers: list[str], standing: Standing) -> dict[str, Document]:
    """Return, by 索引号, those of *numbers* that *standing* lets one see."""
    found = Document.objects.filter(index_no__in=numbers, agency__in=visible_to(standing))
    return {one.index_no: one for one in found.select_related("agency")}
