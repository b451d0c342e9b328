"""The list of requests, and one of them: its course and its clock, never who asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.due import open_cases
from gongkai.foi.listing import STATES, Wanted, cases_wanted, page_of
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.foi.rules import may_look_at_identity, may_work
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.receipt import Channel
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on


@staff
def case_list(request: HttpRequest) -> HttpResponse:
    standing, wanted = standing_of(request), Wanted.from_query(request.GET.dict())
    page = page_of(cases_wanted(standing, wanted), request.GET.get("page", "1"))
    names = names_of(request)
    shown = Case.objects.filter(pk__in=[case.pk for case in page])
    due = {case.uid: case for case in open_cases(shown, rules_on(standing.on))}
    seen = visible_to(standing).order_by("code")
    context = {
        "wanted": wanted,
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
    events = happenings(case)
    deadline, trouble = deadline_or_reason(events, rules_on(case.received_on))
    context = {
        "case": case,
        "agency": names_of(request)[case.agency_id].name,
        "channel": Channel(case.channel).label,
        "result": OUTCOMES[case.outcome].title if case.outcome else "",
        "steps": [(event.on, event.kind.label) for event in events],
        "deadline": deadline,
        "trouble": trouble,
        "may_work": may_work(standing, case),
        "may_look": may_look_at_identity(standing, case),
    }
    return render(request, "foi/case.html", context)


def case_or_404(standing: Standing, url_key: str) -> Case:
    """Return a case one may see. One she may not see answers as one that does not exist."""
    found = Case.objects.select_related("agency", "applicant")
    case = found.filter(agency__in=visible_to(standing), url_key=url_key).first()
    if case is None:
        raise Http404(url_key)
    return case
