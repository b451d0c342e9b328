"""Pre-flight: the draft as of a day, everything that stands in its way, then freeze and release."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.desk.access import report_or_404
from gongkai.desk.forms import ACCEPT, AcceptanceForm, DayForm
from gongkai.desk.obstacles import blocking, warnings
from gongkai.people.audience import staff
from gongkai.portal.narrative import paragraphs
from gongkai.portal.tables import tables
from gongkai.reporting.actions import ReportRefused, freeze_report, release_report
from gongkai.reporting.compile import Draft, compile_draft
from gongkai.reporting.models import Freeze, Report
from gongkai.reporting.preflight import obstacles
from gongkai.reporting.rules import may_freeze, may_release, may_write

_REFUSED = 409


@staff
def preflight(request: HttpRequest, code: str, year: int) -> HttpResponse:
    standing = standing_of(request)
    row = report_or_404(standing, code, year)
    return _page(request, standing, row, day_asked(request))


@staff
@require_POST
def freeze(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Freeze the report as the ledger stands today, unless somebody else was quicker."""
    standing = standing_of(request)
    row = report_or_404(standing, code, year)
    require(may_freeze(standing, row), Role.OPENNESS_OFFICER.label)
    accepting = {
        name.removeprefix(ACCEPT): str(reason)
        for name, reason in request.POST.items()
        if name.startswith(ACCEPT)
    }
    today = clock.today()
    try:
        freeze_report(
            row,
            after=_number(request, "after"),
            as_of=today,
            accepting=accepting,
            by=standing.person,
        )
    except ReportRefused as refused:
        return _page(request, standing, row, today, str(refused))
    return HttpResponseRedirect(_address(row))


@staff
@require_POST
def release(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Make a freeze public. Whoever froze it may not do so."""
    standing = standing_of(request)
    row = report_or_404(standing, code, year)
    require(may_release(standing, row), Role.LEADER.label)
    chosen = Freeze.objects.select_related("report__agency").filter(
        report=row, n=_number(request, "n")
    )
    found = chosen.first()
    if found is None:
        raise Http404
    try:
        release_report(found, on=clock.today(), by=standing.person)
    except ReportRefused as refused:
        return _page(request, standing, row, clock.today(), str(refused))
    return HttpResponseRedirect(_address(row))


def day_asked(request: HttpRequest) -> date:
    """Return the day of ``?on=``, today without it. Raises ``Http404`` for what is no day."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as wrong:
        raise Http404(text) from wrong


def _page(
    request: HttpRequest, standing: Standing, row: Report, on: date, refusal: str = ""
) -> HttpResponse:
    if on < date(row.year, 1, 1):
        raise Http404(on)  # a draft of a year that has not begun has no period
    draft = compile_draft(row, on)
    base, today = _address(row), clock.today()
    query = "" if on == today else f"?on={on.isoformat()}"
    context = {
        "row": row,
        "base": base,
        "day_form": DayForm.showing(on),
        "query": query,
        "draft": draft,
        "report": draft.report,
        "refusal": refusal,
        "sections": _sections(draft, base, query),
        **_standing(draft),
        **_steps(standing, row),
    }
    return render(request, "desk/preflight.html", context, status=_REFUSED if refusal else 200)


def _standing(draft: Draft) -> dict[str, object]:
    """What stands in the way of *draft*."""
    found = obstacles(draft)
    hurdles = blocking(found, draft)
    return {
        "blocking": hurdles,
        "warnings": warnings(found, draft),
        "acceptance": AcceptanceForm(
            sorted({hurdle.code for hurdle in hurdles if hurdle.acceptable})
        ),
    }


def _steps(standing: Standing, row: Report) -> dict[str, object]:
    """The freezes there are, and which step one may take. *after* tells the last one seen."""
    freezes = list(_freezes(row))
    return {
        "freezes": freezes,
        "after": freezes[0].n if freezes else 0,
        "may_write": may_write(standing, row),
        "may_freeze": may_freeze(standing, row),
        "may_release": may_release(standing, row),
    }


def _freezes(row: Report) -> QuerySet[Freeze]:
    found = Freeze.objects.filter(report=row).select_related("frozen_by")
    return found.defer("canonical").order_by("-n")


def _sections(draft: Draft, base: str, query: str) -> list[dict[str, object]]:
    by_section = tables(draft.report, lambda key: f"{base}cell/{key}/{query}")
    sources = {str(section.n): section.text for section in draft.row.sections.all()}
    return [
        {
            "n": section.key,
            "heading": section.heading,
            "paragraphs": paragraphs(
                sources.get(section.key, ""), draft.report.sections[section.key]
            ),
            "table": by_section.get(section.key),
        }
        for section in draft.report.form.sections
    ]


def _address(row: Report) -> str:
    return reverse("desk-report", args=[row.agency.code, row.year])


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise Http404(name)
    return int(text)
