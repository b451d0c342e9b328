"""``/apply/status/``: how far it is, with the same proof of the clock the officer sees."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import contact_on, name_of
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.issuing.handing import handed_out, letters_for
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.foi.receiving.actions import confirm_by_applicant, refuse_late, withdraw
from gongkai.foi.receiving.codes import typed
from gongkai.foi.receiving.models import StepKind, Submission
from gongkai.foi.receiving.queries import agent_unproved, by_code, files_of, receipt_of, steps_of
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import CHANGED_WITHIN, GROUNDS, confirmations, may_change
from gongkai.foi.receiving.sealing import open_content, open_identity
from gongkai.foi.views.letters import as_file
from gongkai.people.audience import Audience, declare
from gongkai.people.limits import Limit, address_of, too_often
from gongkai.portal.applying.form import begin
from gongkai.portal.applying.served import confirm_letter, served_to
from gongkai.portal.applying.steps import typed_again
from gongkai.rulebook.queries import rules_on

_UNKNOWN, _REFUSED = 404, 409
WRONG = "没有查到：收件编号或者查询码不对。请照回执或者提交后的页面逐字核对；找不到的，请打电话给受理机构。"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _status(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; answer what they open, and do what its owner asks."""
    if request.method != "POST":
        return _asking(request)
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    until = Limit("apply-status", settings.STATUS_PER_HOUR).take(address_of(request))
    # Also counted by number: many addresses together must not try out one number's codes.
    until = until or Limit("apply-number", settings.STATUS_PER_HOUR).take(typed(number))
    if until is not None:
        return too_often(request, until, what="查询")
    found = by_code(number, code)
    if found is None:
        return _asking(request, WRONG, _UNKNOWN)
    return _act(request, found, typed(code))


status = declare(_status, Audience.PUBLIC)


def _act(request: HttpRequest, found: Submission, code: str) -> HttpResponse:
    act = request.POST.get("act", "")
    try:
        if act == "confirm":
            confirm_by_applicant(found, code=code)
        elif act == "withdraw":
            return _asked_again(request, found, code)
        elif act == "withdraw-now":
            withdraw(found)
        elif act == "received":
            confirm_letter(found, request.POST.get("letter", ""))
        elif act == "edit":
            return _edit(request, found, code)
        elif act == "letter":
            return _handed(found, request.POST.get("letter", ""))
    except (SubmissionRefused, CaseRefused) as refused:
        found.refresh_from_db()
        return _shown(request, found, code, str(refused))
    return _shown(request, found, code)


def _edit(request: HttpRequest, found: Submission, code: str) -> HttpResponse:
    """Open the form again with what was sent, for whoever holds the code and within ten minutes."""
    asked = open_content(found)
    if asked is None or not may_change(found, steps_of(found), clock.now()):
        raise SubmissionRefused(
            f"收件 {found.number} 不能在网上修改了：只能在提交后 {CHANGED_WITHIN.seconds // 60} 分钟内、"
            "受理机构开始确认之前。需要改的，请打电话给受理机构。"
        )
    initial = typed_again(asked, open_identity(found), found.agency.code, found.klass)
    return begin(request, initial, carried={"number": found.number, "code": code})


def _asked_again(request: HttpRequest, found: Submission, code: str) -> HttpResponse:
    """Say what taking back destroys, and ask: one tap beside “修改” must not destroy a request."""
    refuse_late(found)
    context = {
        "submission": found,
        "code": code,
        "agency": name_of(found.agency, clock.today()).name,
        "files": len(files_of(found)),
    }
    return render(request, "portal/apply_withdraw.html", context)


def _asking(request: HttpRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    return render(request, "portal/apply_status.html", {"refusal": refusal}, status=status)


def _handed(found: Submission, wanted: str) -> HttpResponse:
    """Answer with a letter or a file that went with it; never kept on the way, never indexed."""
    try:
        file = handed_out(found.case, UUID(wanted[:40])) if found.case else None
    except ValueError:
        file = None
    if file is None:
        raise SubmissionRefused(
            "没有这份文书，或者还不能在网上取；请重新查询，或者打电话给受理机构。"
        )
    return as_file(file.data, "application/octet-stream", file.name)


def _shown(request: HttpRequest, found: Submission, code: str, refusal: str = "") -> HttpResponse:
    steps, today = steps_of(found), clock.today()
    confirmed = confirmations(steps)
    refused = next((step for step in steps if step.kind == StepKind.REFUSED), None)
    context = {
        "submission": found,
        "code": code,
        "refusal": refusal,
        "agency": name_of(found.agency, today).name,
        "contact": contact_on(found.agency, today),
        "receipt": receipt_of(found, steps),
        "confirmed": confirmed,
        "refused": refused,
        "refused_as": GROUNDS[refused.how] if refused else "",
        "may_confirm": found.is_open and StepKind.APPLICANT_CONFIRMED not in confirmed,
        "may_change": may_change(found, steps, clock.now()),
        "minutes": CHANGED_WITHIN.seconds // 60,
        "case": found.case,
        **(_of_case(found.case) if found.case else {}),
    }
    return render(request, "portal/apply_status.html", context, status=_REFUSED if refusal else 200)


def _of_case(case: Case) -> dict[str, object]:
    events = happenings(case)
    deadline, trouble = deadline_or_reason(events, rules_on(case.received_on))
    return {
        "events": [(event.on, event.kind.label) for event in events],
        "deadline": deadline,
        "trouble": trouble,
        **served_to(case, events),
        "letters": letters_for(case),
        "agent_unproved": agent_unproved(case, rules_on(clock.today())),
    }
