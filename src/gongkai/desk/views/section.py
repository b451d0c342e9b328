"""Writing a section of a report: numbers as references, whoever comes second is told."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.models import Role
from gongkai.agencies.queries import name_of
from gongkai.agencies.standing import Standing
from gongkai.annualreport.format import load_format
from gongkai.desk.access import report_or_404
from gongkai.desk.forms import SectionForm
from gongkai.figures import registry
from gongkai.people.audience import staff
from gongkai.reporting.actions import ReportRefused, undo_section, write_section
from gongkai.reporting.models import Report, Section
from gongkai.reporting.rules import may_write
from gongkai.text.canonical import sha256_hex

_REFUSED = 409


@staff
def section(request: HttpRequest, code: str, year: int, n: int) -> HttpResponse:
    """The editor of section *n*; saving needs the text it was edited from to be still there."""
    standing, report = _asked(request, code, year)
    row = _section_or_404(report, n)
    form = SectionForm(request.POST or None, initial={"text": row.text, "seen": _hash(row.text)})
    if request.method != "POST" or not form.is_valid():
        return _page(request, standing, report, row, form)
    try:
        write_section(
            report,
            n=n,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            by=standing.person,
        )
    except ReportRefused as refused:
        return _page(request, standing, report, _section_or_404(report, n), form, str(refused))
    messages.success(request, "已保存。不满意可以在本页恢复上一稿。")
    return HttpResponseRedirect(reverse("desk-report", args=[code, year]))


@staff
@require_POST
def undo(request: HttpRequest, code: str, year: int, n: int) -> HttpResponse:
    """Put the text before the last change back."""
    standing, report = _asked(request, code, year)
    _section_or_404(report, n)
    try:
        undo_section(report, n=n, by=standing.person)
    except ReportRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已恢复上一稿；再恢复一次就回到刚才的文字。")
    return HttpResponseRedirect(reverse("desk-section", args=[code, year, n]))


def _asked(request: HttpRequest, code: str, year: int) -> tuple[Standing, Report]:
    standing = standing_of(request)
    report = report_or_404(standing, code, year)
    require(may_write(standing, report), Role.OPENNESS_OFFICER.label)
    return standing, report


def _section_or_404(report: Report, n: int) -> Section:
    if n not in _headings(report):
        raise Http404(n)
    return Section.objects.filter(report=report, n=n).first() or Section(report=report, n=n)


def _page(
    request: HttpRequest,
    standing: Standing,
    report: Report,
    row: Section,
    form: SectionForm,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "row": report,
        "issuer": name_of(report.agency, standing.on).name,
        "n": row.n,
        "heading": _headings(report)[row.n],
        "form": form,
        "refusal": refusal,
        "stored": row.text,
        "previous": row.previous_text,
        "figures": [(key, registry.definition(key).title) for key in registry.registered()],
    }
    return render(request, "desk/section.html", context, status=_REFUSED if refusal else 200)


def _headings(report: Report) -> dict[int, str]:
    return {int(one.key): one.heading for one in load_format(report.format).sections}


def _hash(text: str) -> str:
    return sha256_hex(text.encode())
