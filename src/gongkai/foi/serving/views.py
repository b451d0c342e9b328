"""One case's service to print: attempts, windows with their proof; and a slip, opened once with a reason."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.foi.actions import CaseRefused
from gongkai.foi.forms import LookForm
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.foi.serving.actions.looking import look_at_paper
from gongkai.foi.serving.models import PaperKind, ServicePaper
from gongkai.foi.serving.queries import attempts_of, papers_of, tried, windows_of
from gongkai.foi.views.cases import case_or_404
from gongkai.foi.views.letters import as_file
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.rulebook.queries import rules_on
from gongkai.vault.cipher import Unreadable

_REFUSED, _WRONG = 409, 400


@staff
@require_safe
def case_service(request: HttpRequest, url_key: str) -> HttpResponse:
    """Every attempt with the rule of its day, and until when the decision may be complained of, day by day."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    rules, attempts = rules_on(standing.on), attempts_of(case)
    windows, trouble = windows_of(case, attempts, rules)
    papers = papers_of(case)
    context = {
        "case": case,
        "agency": names_of(request)[case.agency_id].name,
        "rows": [(one, papers.get(one.attempt.pk, ())) for one in tried(attempts, rules)],
        "windows": windows,
        "trouble": trouble,
        "may_look": may_look_at_identity(standing, case),
        "today": standing.on,
    }
    return render(request, "foi/service.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("name", "data")
def case_slip(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """Ask for what; hand the scan out, or show the names once, after the look is in the log."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    found = ServicePaper.objects.select_related("attempt").filter(uid=uid, attempt__case=case)
    paper = found.first()
    if paper is None:
        raise Http404(uid)
    require(may_look_at_identity(standing, case), MAY_LOOK)
    paper.attempt.case = case
    form = LookForm(sent(request))
    context = {"case": case, "paper": paper, "form": form}
    if not form.is_valid():
        return render(request, "foi/slip.html", context, status=_WRONG if form.is_bound else 200)
    try:
        reason = Reason(form.cleaned_data["reason"])
        name, data = look_at_paper(paper, reason=reason, by=standing.person)
    except (CaseRefused, Unreadable) as refused:
        shown = {**context, "refusal": str(refused)}
        return render(request, "foi/slip.html", shown, status=_REFUSED)
    if paper.kind == PaperKind.NAMES:
        return render(request, "foi/slip.html", {**context, "names": data.decode()})
    return as_file(data, "application/octet-stream", name)
