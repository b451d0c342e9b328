"""What is approved and not out yet, and what is out, for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.agencies.models import Role
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Disclosure, Document, Edition
from gongkai.documents.queries import visible_documents
from gongkai.publication.models import EndingKind, Publication
from gongkai.publication.rules import is_office
from gongkai.review.models import Seal, Waiver, WaiverKind

PAGE_SIZE = 50
LIVE, ENDED = "live", "withdrawn"
STATES: Mapping[str, str] = {LIVE: "正在公开", ENDED: "已撤下"}


def approved() -> QuerySet[Edition]:
    """Return the editions that may go out and have not: sealed, or let out in haste, and not overtaken.

    What :func:`publish_edition` refuses is not among them.
    """
    sealed = Seal.objects.filter(edition=OuterRef("pk"), sha256=OuterRef("sha256"))
    urgent = Waiver.objects.filter(edition=OuterRef("pk"), kind=WaiverKind.URGENT)
    out = Publication.objects.filter(document=OuterRef("document"), edition__n__gte=OuterRef("n"))
    return Edition.objects.filter(
        Exists(sealed) | Exists(urgent),
        ~Exists(out),
        closed_at__isnull=False,
        document__disclosure=Disclosure.PUBLIC,
    )


def to_publish(standing: Standing) -> QuerySet[Edition]:
    """Return what *standing* may put before the public now, the oldest first."""
    agencies = (
        visible_to(standing)
        if is_office(standing)
        else working_as(standing, Role.INFORMATION_OFFICER)
    )
    found = approved().filter(document__agency__in=agencies)
    return found.select_related("document__agency").defer("canonical").order_by("closed_at", "pk")


def approved_of(document: Document) -> Edition | None:
    """Return the newest edition of *document* that may go out."""
    return approved().filter(document=document).order_by("-n").first()


@dataclass(frozen=True)
class Wanted:
    """What the list of what went out is narrowed to."""

    state: str = LIVE
    agency: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address's query; what cannot be read narrows nothing."""
        state = query.get("state", "")
        return cls(
            state=state if state in STATES else LIVE,
            agency=query.get("agency", "")[:9].replace("\0", ""),
            text=query.get("q", "").replace("\0", "").strip()[:60],
        )


def publications_wanted(standing: Standing, wanted: Wanted) -> QuerySet[Publication]:
    """Return what went out of the agencies one sees, the newest first (invariant 4)."""
    found = Publication.objects.filter(document__in=visible_documents(standing))
    if wanted.state == LIVE:
        found = found.filter(live=True)
    else:
        found = found.filter(ending__kind=EndingKind.WITHDRAWN)
    if wanted.agency:
        found = found.filter(document__agency__code=wanted.agency)
    if wanted.text:
        found = found.filter(
            Q(edition__title__icontains=wanted.text) | Q(document__index_no=wanted.text)
        )
    return found.order_by("-published_at", "-pk")


def page_of(found: QuerySet[Publication], number: str) -> Page[Publication]:
    """Return one page with what its rows show; a number that is none gives the first."""
    shown = found.select_related("document", "edition", "ending").defer("edition__canonical")
    return Paginator(shown, PAGE_SIZE).get_page(number)


def history_of(document: Document) -> QuerySet[Publication]:
    """Return every publication of *document*, the latest first, with its ending."""
    found = Publication.objects.filter(document=document).order_by("-seq")
    return found.select_related("edition", "seal", "waiver", "ending__by_person").annotate(
        n=F("edition__n")
    )
