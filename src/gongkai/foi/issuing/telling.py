"""What a decision letter is told: the draft, and what the case itself has on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.foi.charging.queries import last_day_to_pay
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import Facts
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.addressee import Asking, reached
from gongkai.foi.issuing.typed import HIMSELF, PART, PRIOR_DAY, READER, WAY, WAYS
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, CaseKind
from gongkai.foi.serving.models import What
from gongkai.foi.serving.queries import delivered
from gongkai.law.grounds import GROUNDS
from gongkai.law.intervals import Kind
from gongkai.law.letters import code_of
from gongkai.law.outcomes import OUTCOMES, PARTIAL, Route
from gongkai.law.receipt import LABELS as CHANNELS
from gongkai.law.service import Means
from gongkai.letters.facts import (
    Charge,
    CitedGround,
    Contact,
    LetterFacts,
    Opinion,
    PriorReply,
    Request,
    Search,
    Service,
)
from gongkai.letters.facts import Enclosure as Enclosed
from gongkai.letters.sender import complaint_of, office_of

CORRECTED = code_of("corrected")
"""The letter of a request under Art 41, whatever comes of it."""
_CHANNELS = {channel.value: label for channel, label in CHANNELS.items()}
_ORGANISATIONS = frozenset({"com", "res", "ngo", "law", "oth"})


def letter_of(case: Case, outcome: str) -> str:
    """Return which letter tells *outcome*, by the vocabulary; empty where none goes out (a withdrawal)."""
    code = OUTCOMES[outcome].letter
    return CORRECTED if code and case.kind == CaseKind.CORRECTION else code


def base_facts(known: Facts, asking: Asking, identity: Identity, way: str = "") -> LetterFacts:
    """Return what every letter of the case tells: who writes, what was asked, how it goes out."""
    case, way = known.case, way or asking.way
    return LetterFacts(
        office=office_of(case.agency, known.on),
        request=Request(
            number=case.number,
            received_on=case.received_on,
            applicant=identity.name,
            content=asking.content,
            channel=_CHANNELS.get(case.channel, ""),
            wanted_as=asking.wanted_as,
            organisation=case.klass in _ORGANISATIONS,
        ),
        signed_on=known.on,
        service=Service(WAYS.get(way, ""), reached(identity, way), online=way == Means.ELECTRONIC),
    )


def decision_facts(known: Facts, draft: Draft, asking: Asking, identity: Identity) -> LetterFacts:
    """Return everything the letter of *draft* says but its number."""
    told, outcome = draft.facts, draft.outcome
    correction = known.case.kind == CaseKind.CORRECTION
    whole = replace(
        base_facts(known, asking, identity, told.get(WAY, "")),
        outcome="" if correction else outcome,
        reasons=told.get("ground", "") if _withholds(outcome) else told.get("reasons", ""),
        separation=told.get("separation", ""),
        risk=told.get("risk", ""),
        special_rule=told.get("special_rule", ""),
        undeterminable=told.get("organ_undeterminable", ""),
        responsible=_responsible(told),
        prior=_prior(told),
        material=told.get("material", ""),
        given_by=told.get("given_by", ""),
        where_published=told.get("where_published", ""),
        channel=told.get("channel", ""),
        complaint=complaint_of(
            known.case.agency, "" if correction else outcome, known.on, known.rules
        ),
        enclosures=tuple(Enclosed(one.title) for one in known.enclosures),
        agent_unproved=_agent_unproved(known, told),
    )
    if correction:
        return replace(whole, **_corrected(draft, whole))
    return replace(whole, **_of_outcome(known, draft, whole))


def _agent_unproved(known: Facts, told: Mapping[str, str]) -> str:
    if not known.agent_unproved or told.get(READER) == HIMSELF:
        return ""
    return known.case.submission.number


def _of_outcome(known: Facts, draft: Draft, whole: LetterFacts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if _withholds(draft.outcome):
        found["grounds"] = _grounds(draft)
        found["opinion"] = _opinion(known, draft)
    if draft.outcome == "not_found":
        found["search"] = _searches(known.case)
    make = _RECORDED.get(draft.outcome)
    return found | (make(known, whole) if make else {})


def _withholds(outcome: str) -> bool:
    """Whether something is refused on a ground of Arts 14-16: its reasons are those of the ground."""
    return OUTCOMES[outcome].remedies in (Route.REFUSAL, Route.PARTIAL)


def _grounds(draft: Draft) -> tuple[CitedGround, ...]:
    held = draft.refused_as if draft.outcome == PARTIAL else (draft.outcome,)
    found = []
    for code in held:
        ground = next((one for one in GROUNDS.values() if one.outcome == code), None)
        if ground is not None:
            part = draft.facts.get(PART + code, "").strip() or (
                "不予公开的部分" if draft.outcome == PARTIAL else "申请公开的信息"
            )
            law = draft.facts.get("prohibition", "") if ground.code == "ND2" else ""
            found.append(CitedGround(ground.code, ground.article, part, law))
    return tuple(found)


def _opinion(known: Facts, draft: Draft) -> Opinion:
    """What a third party said of it, never who it is: its own words stay sealed.

    Told by the events: a request from an old register has them and no records.
    """
    third = Kind.THIRD_PARTY.value
    withheld = {draft.outcome, *draft.refused_as}
    if "refused_third_party" not in withheld:
        return Opinion()
    asked = [one for one in known.events if one.kind is EventKind.CONSULTED]
    asked = [one for one in asked if one.payload["whom"] == third]
    if not asked:
        return Opinion(not_asked=draft.facts.get("third_party_not_asked", ""))
    ended = [one for one in known.events if one.kind in (EventKind.OPINION, EventKind.SILENT)]
    said = [_answer(one) for one in ended if one.payload.get("whom", third) == third]
    return Opinion(asked_on=asked[0].on, answer="、".join(dict.fromkeys(said)))


def _answer(event: Happening) -> str:
    consents = event.payload.get("consents")
    if event.kind is EventKind.SILENT or consents is None:
        return "逾期没有答复"
    return "同意公开" if consents else "不同意公开"


def _searches(case: Case) -> tuple[Search, ...]:
    rows = case.searches.order_by("pk").select_related("searched_by")
    return tuple(
        Search(one.system, one.scope, one.terms, one.result, one.searched_on, one.searched_by.name)
        for one in rows
    )


def _responsible(told: Mapping[str, str]) -> Contact | None:
    name = told.get("responsible_organ", "").strip()
    return Contact(name, told.get("responsible_contact", "").strip()) if name else None


def _prior(told: Mapping[str, str]) -> PriorReply | None:
    number, on = told.get("prior_reply", "").strip(), told.get(PRIOR_DAY, "")
    return PriorReply(number, date.fromisoformat(on)) if number and on else None


def _unclear(known: Facts, whole: LetterFacts) -> dict[str, Any]:
    later = [event.on for event in known.events if event.kind is EventKind.CORRECTED]
    return {"notice_on": _notice_day(known), "corrected_on": later[-1] if later else None}


def _not_corrected(known: Facts, whole: LetterFacts) -> dict[str, Any]:
    return {"notice_on": _notice_day(known), "until": known.last_day_of_correction()}


def _notice_day(known: Facts) -> date | None:
    """The day the notice arrived; where nobody recorded its service, the day it was written."""
    if known.notice is not None:
        return known.notice.arrived_on or known.notice.asked_on
    return next(
        (event.on for event in known.events if event.kind is EventKind.CORRECTION_ASKED), None
    )


def _excessive(known: Facts, whole: LetterFacts) -> dict[str, Any]:
    demand = known.demand
    if demand is None:
        return {}
    served = delivered(known.attempts, What.REASON)
    return {
        "found": demand.found,
        "notice_on": served.ended_on if served else demand.asked_on,
        "reasons": whole.reasons or demand.finding,
    }


def _fee_unpaid(known: Facts, whole: LetterFacts) -> dict[str, Any]:
    asked = [event for event in known.events if event.kind is EventKind.FEE_ASKED]
    if not asked:
        return {}
    last = asked[-1]
    # Of a fee entered from an old register there is no notice, and its day is the one it was written.
    arrived = known.charge.arrived_on if known.charge else last.on
    return {
        "notice_on": arrived,
        "until": last_day_to_pay(arrived, known.rules),
        "charge": Charge(int(str(last.payload["fen"])), "", "", ""),
    }


_RECORDED: Mapping[str, Callable[[Facts, LetterFacts], dict[str, Any]]] = {
    "still_unclear": _unclear,
    "not_corrected": _not_corrected,
    "excessive": _excessive,
    "fee_unpaid": _fee_unpaid,
}


def _corrected(draft: Draft, whole: LetterFacts) -> dict[str, Any]:
    """A correction under Art 41: made, passed on to whose it is, or refused with the reasons."""
    found: dict[str, Any] = {"enclosures": whole.enclosures}
    if draft.outcome in ("granted", PARTIAL):
        found["corrected"] = whole.material
    elif draft.outcome == "not_responsible":
        found["transferred_to"] = whole.responsible
    return found
