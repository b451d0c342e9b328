"""A case's public line: when it came, when it had to be answered, when it was. Never who, nor what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.queries import name_of
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.law.clock import Deadline
from gongkai.law.outcomes import OUTCOMES
from gongkai.people.audience import public
from gongkai.portal.released import Released, released_or_404
from gongkai.reporting.queries import frozen_uids
from gongkai.rulebook.queries import rules_on

_EVERY_CASE = ("t3.new.tot", "t3.carry.tot")
"""What came in and what was still open: no other case is in any list of table 3."""


@dataclass(frozen=True)
class Verdict:
    """On time or not, as one word for the page and one for its look."""

    text: str
    kind: str


@public
def clock_proof(request: HttpRequest, code: str, year: int, url_key: str) -> HttpResponse:
    found = released_or_404(code, year)
    case = _case_or_404(found, url_key)
    events = happenings(case)
    deadline, trouble = deadline_or_reason(events, rules_on(case.received_on))
    context = {
        "found": found,
        "report": found.report,
        "case": case,
        "agency": name_of(case.agency, case.received_on).name,
        "result": OUTCOMES[case.outcome].title if case.outcome else "",
        "steps": [(event.on, event.kind.label) for event in events],
        "deadline": deadline,
        "trouble": trouble,
        "verdict": verdict(deadline, case.decided_on),
    }
    return render(request, "portal/clock.html", context)


def verdict(deadline: Deadline | None, decided_on: date | None) -> Verdict:
    """Return whether the decision came within the limit (条例第三十三条)."""
    if deadline is None:
        return Verdict("期限无法推算", "open")
    if decided_on is None:
        return Verdict("尚未作出处理决定", "open")
    if deadline.due is None or decided_on <= deadline.due:
        return Verdict("按期办结", "good")
    return Verdict("逾期办结", "late")


def _case_or_404(found: Released, url_key: str) -> Case:
    case = Case.objects.select_related("agency").filter(url_key=url_key).first()
    if case is None or not any(case.uid in frozen_uids(found.freeze, key) for key in _EVERY_CASE):
        raise Http404(url_key)
    return case
