"""The list of requests, and one of them: its course and its clock, never who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.models import AgencyName
from gongkai.agencies.standing import Standing
from gongkai.foi.art41 import result_title
from gongkai.foi.charging.queries import last_day_to_pay, reckoned
from gongkai.foi.clock import causes, deadline_or_reason, original_due
from gongkai.foi.disputes.actions.entering import REDO_CHANNEL
from gongkai.foi.disputes.listing import about
from gongkai.foi.disputes.rules import may_enter
from gongkai.foi.due import open_cases
from gongkai.foi.handling.facts import Facts, facts_of, whole_cases
from gongkai.foi.handling.offers import Offer, offers
from gongkai.foi.handling.queries import of_the_same_applicant, searches_of
from gongkai.foi.issuing.notices import Due, notices_due
from gongkai.foi.issuing.queries import held_back, title_of
from gongkai.foi.issuing.said import told_otherwise
from gongkai.foi.listing import STATES, Wanted, cases_wanted, page_of
from gongkai.foi.models import Case
from gongkai.foi.proactive.rules import is_given
from gongkai.foi.receiving.rules import may_read
from gongkai.foi.resembling.queries import found_of
from gongkai.foi.rules import has_a_part_in, may_look_at_identity, may_work
from gongkai.foi.scope import agencies_seen
from gongkai.foi.serving.queries import in_time, tried, windows_of
from gongkai.law.receipt import Channel
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on

_CHANNELS = {
    **{channel.value: channel.label for channel in Channel},
    REDO_CHANNEL: "复议决定、判决责令重作",
}
_SHOWN = (
    *("consultations", "notice", "proposal", "demand", "searches", "assignments", "draft"),
    *("enclosed", "letters", "same", "served", "charges"),
)
"""The records of a case that have a place on its page."""
NOTIFY = "notify"
"""The step whose choices stand on the page one by one."""


@staff
def case_list(request: HttpRequest) -> HttpResponse:
    standing, wanted = standing_of(request), Wanted.from_query(request.GET.dict())
    page = page_of(cases_wanted(standing, wanted), request.GET.get("page", "1"))
    names = names_of(request)
    shown = Case.objects.filter(pk__in=[case.pk for case in page])
    due = {case.uid: case for case in open_cases(shown, rules_on(standing.on))}
    seen = agencies_seen(standing).order_by("code")
    context = {
        "wanted": wanted,
        "today": standing.on,
        "states": STATES,
        "page": page,
        "rows": [(case, names[case.agency_id].short, due.get(case.uid)) for case in page],
        "agencies": [(agency.code, names[agency.pk].short) for agency in seen],
    }
    return render(request, "foi/case_list.html", context)


@staff
def case_page(request: HttpRequest, url_key: str) -> HttpResponse:
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    facts = facts_of(case, standing.on)
    deadline, trouble = deadline_or_reason(facts.events, facts.rules)
    due = deadline.due if deadline else None
    offered = offers(facts, standing)
    context = {
        "case": case,
        "agency": names_of(request)[case.agency_id].name,
        "channel": _CHANNELS.get(case.channel, "登记簿没有记载"),
        "result": result_title(case.kind, case.outcome) if case.outcome else "",
        "steps": [(event.on, event.kind.label) for event in facts.events],
        "deadline": deadline,
        "late": not case.decided_on and due is not None and due < standing.on,
        "original": original_due(facts.events, facts.rules),
        "causes": causes(facts.events),
        "trouble": trouble,
        "disputes": about(case) if facts.disputed else (),
        "may_dispute": may_enter(standing, case),
        "may_work": may_work(standing, case),
        "given": is_given(case),
        "tag": getattr(case, "topic_tag", None),
        "may_look": may_look_at_identity(standing, case),
        "intake": getattr(case, "intake", None) if may_read(standing, case.agency) else None,
        "has_a_part": has_a_part_in(standing, case),
        "offers": offered,
        "possible": [offer for offer in offered if not offer.why_not and offer.step.name != NOTIFY],
        "held": any(offer.why_not for offer in offered),
        "to_write": _to_write(facts, offered),
        "agent_unproved": facts.agent_unproved,
        "told_otherwise": list(told_otherwise(facts)),
        **_records(facts, names_of(request)),
        **_service(facts, due),
        "same": of_the_same_applicant(case, standing),
        "similar": found_of(case) if facts.has_likenesses else [],
    }
    context["recorded"] = any(context[name] for name in _SHOWN)
    return render(request, "foi/case.html", context)


def _to_write(facts: Facts, offered: Sequence[Offer]) -> Sequence[Due]:
    """Return the letters nobody has written yet, each a click away, for those who may write them."""
    may = any(offer.step.name == NOTIFY and not offer.why_not for offer in offered)
    return notices_due(facts) if may else ()


def _records(facts: Facts, names: Mapping[int, AgencyName]) -> dict[str, object]:
    return {
        "consultations": [(one, facts.last_day_of(one)) for one in facts.consultations],
        "notice": facts.notice,
        "correct_by": facts.last_day_of_correction(),
        "proposal": facts.proposal,
        "demand": facts.demand,
        "searches": searches_of(facts.case) if facts.searched else [],
        "assignments": [
            (one, names[one.unit_id].name if one.unit_id else str(one.person))
            for one in facts.assignments
        ],
        "draft": facts.draft,
        "enclosed": held_back(facts.case, facts.enclosures),
        "letters": [(one, title_of(one)) for one in facts.letters],
        "signatures": facts.signatures,
        "missing": [kind.label for kind in facts.wanted if kind not in facts.signed],
    }


def _service(facts: Facts, due: date | None) -> dict[str, object]:
    # A day of service is judged by what held when the letter went out, which may be later than the receipt.
    rules = facts.rules.as_of(facts.on)
    windows, _ = windows_of(facts.case, facts.attempts, rules)
    return {
        "served": tried(facts.attempts, rules),
        "windows": windows,
        "final": windows is not None and windows.over(facts.on),
        "in_time": in_time(facts.case, due),
        "charges": [
            (one, reckoned(one), last_day_to_pay(one.arrived_on, facts.rules))
            for one in facts.charges
        ],
    }


def case_or_404(standing: Standing, url_key: str) -> Case:
    """Return a case one may see. One she may not see answers as one that does not exist (invariant 4)."""
    seen = whole_cases().filter(agency__in=agencies_seen(standing), url_key=url_key)
    found = seen.select_related("topic_tag__topic").annotate(intake=F("submission__number"))
    case = found.first()
    if case is None:
        raise Http404(url_key)
    return case
