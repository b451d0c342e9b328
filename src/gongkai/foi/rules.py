"""What a case must show before it may close (invariant 7), and who may look at who asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from gongkai.agencies.models import ADMINISTRATORS, Level, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.foi.table import STEPS, Step
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.outcomes import REQUIREMENTS, Requirement, unmet

_SHOWN_BY_EVENT = {
    EventKind.CORRECTION_ASKED: "correction_notice",
    EventKind.CORRECTED: "corrected_request",
    EventKind.FEE_ASKED: "fee_notice",
    EventKind.REASON_ASKED: "reason_request",
}
SHOWN_ONLY_BY_THE_CASE = frozenset(
    {*_SHOWN_BY_EVENT.values(), "search_record", "third_party_opinion", "third_party_silence"}
)
"""Facts nobody can type: they are there because something happened and was recorded."""


def facts_on_file(case: Case, typed: Mapping[str, str]) -> frozenset[str]:
    """Return the facts *case* shows, together with those *typed* that may be typed and are not empty."""
    shown = shown_by(happenings(case), searched=case.searches.exists())
    written = {fact for fact, text in typed.items() if text.strip()}
    return frozenset(shown | (written - SHOWN_ONLY_BY_THE_CASE))


def shown_by(events: Iterable[Happening], *, searched: bool) -> frozenset[str]:
    """Return the facts that are there because something happened. *searched*: a search is on record."""
    shown = {fact for event in events if (fact := _shown(event))}
    return frozenset(shown | ({"search_record"} if searched else set()))


def unmet_requirements(
    result: str, facts: Collection[str], refused_as: Sequence[str]
) -> tuple[Requirement, ...]:
    """Return what *result* still needs."""
    return unmet(result, facts, refused_as)


def typed_facts() -> frozenset[str]:
    """Return the facts a reply may write down itself."""
    every = {fact for need in REQUIREMENTS.values() for fact in need.any_of}
    return frozenset(every - SHOWN_ONLY_BY_THE_CASE)


TAKING_PART = frozenset(role for step in STEPS for role in step.roles)
"""The roles that take one of the steps of a case."""
MAY_LOOK = "受理机关的承办、政务公开办、负责人"
"""Whose task it is to know who asked."""
_LOOKS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER, Role.LEADER)


def may_look_at_identity(standing: Standing, case: Case) -> bool:
    """Whether one may see who asked: those who work on the case, and no administrator beside that.

    三员 keep the installation; who can both alter the log and read what it protects could do either unseen.
    """
    if standing.is_any(*ADMINISTRATORS):
        return False
    return any(standing.holds(role, case.agency) for role in _LOOKS)


def agencies_whose_looks(standing: Standing) -> frozenset[int] | None:
    """Return the agencies whose looks one may check, None for all: one's own as leader or auditor.

    An auditor of the county or its office checks every agency.
    """
    everywhere = any(
        held.role is Role.AUDITOR and held.level in (Level.COUNTY, Level.OFFICE)
        for held in standing.held
    )
    return None if everywhere else standing.agencies_as(Role.LEADER, Role.AUDITOR)


def may_check_looks(standing: Standing) -> bool:
    """Whether there is anything for one to check."""
    return agencies_whose_looks(standing) != frozenset()


def _shown(event: Happening) -> str | None:
    if event.kind in (EventKind.OPINION, EventKind.SILENT):
        if event.payload.get("whom", OpinionKind.THIRD_PARTY) != OpinionKind.THIRD_PARTY:
            return None
        silent = event.kind is EventKind.SILENT or event.payload["consents"] is None
        return "third_party_silence" if silent else "third_party_opinion"
    return _SHOWN_BY_EVENT.get(event.kind)


def may_take(standing: Standing, step: Step, case: Case) -> bool:
    """Whether one of the step's roles is held in the agency the case is with."""
    return any(standing.holds(role, case.agency) for role in step.roles)


def has_a_part_in(standing: Standing, case: Case) -> bool:
    """Whether one of the roles that take steps is held in the agency the case is with."""
    return standing.holds_for(TAKING_PART, case.agency_id, Level(case.agency.level))


WORKS = "受理机关的承办、政务公开办"


def may_work(standing: Standing, case: Case) -> bool:
    """办理: the officers of the agency the case is with."""
    return standing.holds(Role.CASE_OFFICER, case.agency) or standing.holds(
        Role.OPENNESS_OFFICER, case.agency
    )
