"""Whether a file may leave, and what stands against it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.files.outgoing.concern import Concern, ConcernKind
from gongkai.files.outgoing.examine import EXAMINER
from gongkai.screening.findings import from_text, written_as
from gongkai.screening.models import Release, Screening, Verdict


@dataclass(frozen=True)
class Group:
    """All concerns of one kind in a file, and who answered for them, if somebody did."""

    kind: ConcernKind
    concerns: tuple[Concern, ...]
    release: Release | None

    @property
    def is_open(self) -> bool:
        """Whether it still holds the file back."""
        return self.kind.blocking and self.release is None


def visible_screenings(standing: Standing) -> QuerySet[Screening]:
    """Return the examinations *standing* may see: those of the own agency (invariant 4)."""
    mine = visible_to(standing)
    return Screening.objects.filter(agency__in=mine).select_related("agency", "by_person")


def groups_of(screening: Screening) -> list[Group]:
    """Return what was found, kind after kind, with who answered for it."""
    releases = {one.kind: one for one in screening.releases.select_related("by_person")}
    by_kind: dict[ConcernKind, list[Concern]] = {}
    for concern in from_text(screening.findings):
        by_kind.setdefault(concern.kind, []).append(concern)
    return [
        Group(kind, tuple(concerns), releases.get(kind.value)) for kind, concerns in by_kind.items()
    ]


def is_current(screening: Screening) -> bool:
    """Whether today's rules examined it: older ones did not look for what is looked for now."""
    return screening.examiner == EXAMINER


def open_concerns(sha256: str, agency: Agency) -> tuple[Concern, ...] | None:
    """Return what still holds these bytes back in *agency*; None where they were never examined by the present rules."""
    return open_concerns_of([sha256], agency)[sha256]


def open_concerns_of(
    hashes: Sequence[str], agency: Agency
) -> dict[str, tuple[Concern, ...] | None]:
    """Return the same for each of *hashes*: one query, however many they are."""
    examined = Screening.objects.filter(sha256__in=hashes, agency=agency, examiner=EXAMINER)
    rows = examined.order_by("pk").values_list("sha256", "pk", "findings", "releases__kind")
    found: dict[str, tuple[Concern, ...] | None] = dict.fromkeys(hashes)
    for (sha256, _, findings), group in groupby(rows, key=itemgetter(0, 1, 2)):
        found[sha256] = _holding(findings, {released for *_, released in group})
    return found


def screenings_of(hashes: Sequence[str], agency: Agency) -> dict[str, UUID]:
    """Return the examination by the present rules of each of *hashes*, the latest."""
    examined = Screening.objects.filter(sha256__in=hashes, agency=agency, examiner=EXAMINER)
    return dict(examined.order_by("pk").values_list("sha256", "uid"))


def _holding(findings: str, released: Collection[str | None]) -> tuple[Concern, ...]:
    held = (one for one in from_text(findings) if one.kind.blocking)
    return tuple(one for one in held if one.kind.value not in released)


def to_be_answered_for() -> QuerySet[Screening]:
    """Return the latest examinations, by the present rules, of files that are held and can be let go.

    Something is open in them, and nothing that nobody can answer for. Asked of the database alone: the to-do
    of everybody who may release asks it.
    """
    later = Screening.objects.filter(
        agency=OuterRef("agency"),
        sha256=OuterRef("sha256"),
        examiner=EXAMINER,
        pk__gt=OuterRef("pk"),
    )
    held = Screening.objects.filter(~Exists(later), verdict=Verdict.HELD, examiner=EXAMINER)
    still, never = Q(), Q()
    for kind in (one for one in ConcernKind if one.blocking):
        found = Q(findings__contains=written_as(kind))
        let_go = Exists(Release.objects.filter(screening=OuterRef("pk"), kind=kind.value))
        if kind.releasable:
            still |= Q(found, ~let_go)
        else:
            never |= found
    return held.filter(still).exclude(never)


def clear_to_leave(sha256: str, agency: Agency) -> bool:
    """Whether *agency* may let these bytes out: examined by the present rules, nothing held back or all answered for."""
    return open_concerns(sha256, agency) == ()
