"""The list of documents, narrowed: what an address asks for, and one page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from gongkai.agencies.standing import Standing
from gongkai.documents.models import Document, Edition, Kind
from gongkai.documents.queries import open_editions, visible_documents

PAGE_SIZE = 50
DRAFT, CLOSED, DISCARDED = "draft", "closed", "discarded"
STATES: Mapping[str, str] = {
    "": "全部",
    DRAFT: "起草中",
    CLOSED: "已封存",
    DISCARDED: "已作废",
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to. Empty means everything one may see."""

    kind: str = ""
    state: str = ""
    agency: str = ""
    year: int | None = None
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address's query; what cannot be read narrows nothing."""
        kind, state, year = (query.get(name, "") for name in ("kind", "state", "year"))
        return cls(
            kind=kind if kind in Kind.values else "",
            state=state if state in STATES else "",
            agency=query.get("agency", "")[:9].replace("\0", ""),
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            text=query.get("q", "").replace("\0", "").strip()[:60],
        )


def documents_wanted(standing: Standing, wanted: Wanted) -> QuerySet[Document]:
    """Return the documents *standing* may see that *wanted* asks for, the newest first.

    Each has ``title`` and ``n`` of its newest edition, ``drafting`` and ``ever_closed``.
    """
    found = _in_state(visible_documents(standing), wanted.state)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.agency:
        found = found.filter(agency__code=wanted.agency)
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.text:
        found = found.filter(pk__in=titled(wanted.text))
    return found.order_by("-pk")


def titled(text: str) -> QuerySet[Edition, int]:
    """Return the keys of documents of which some edition has *text* in its title."""
    return Edition.objects.filter(title__icontains=text).values_list("document", flat=True)


def with_state(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return *documents* with what the list shows of their editions. For the rows of one page."""
    newest = Edition.objects.filter(document=OuterRef("pk")).order_by("-n")
    return documents.annotate(
        title=Subquery(newest.values("title")[:1]),
        n=Subquery(newest.values("n")[:1]),
        saved_at=Subquery(newest.values("saved_at")[:1]),
        drafting=_drafting(),
        ever_closed=_ever_closed(),
    )


def page_of(documents: QuerySet[Document], number: str) -> Page[Document]:
    """Return one page; a number that is none gives the first, one too large the last."""
    return Paginator(documents, PAGE_SIZE).get_page(number)


def state_of(document: Document) -> str:
    """Return the state of a document from :func:`with_state`."""
    annotated = vars(document)
    if annotated["drafting"]:
        return STATES[DRAFT]
    return STATES[CLOSED if annotated["ever_closed"] else DISCARDED]


def _in_state(documents: QuerySet[Document], state: str) -> QuerySet[Document]:
    if state == DRAFT:
        return documents.filter(_drafting())
    if state == CLOSED:
        return documents.filter(~_drafting(), _ever_closed())
    if state == DISCARDED:
        return documents.filter(~_drafting(), ~_ever_closed())
    return documents


def _drafting() -> Exists:
    return Exists(open_editions().filter(document=OuterRef("pk")))


def _ever_closed() -> Exists:
    return Exists(Edition.objects.filter(document=OuterRef("pk"), closed_at__isnull=False))
