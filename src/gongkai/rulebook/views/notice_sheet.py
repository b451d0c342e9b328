"""Entering a holiday notice: paste its text or a file, look it over, see what it moves, propose it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.law.announcement import read_announcement
from gongkai.law.errors import LawError, NoticeRefused
from gongkai.law.notice import Notice, parse_notice
from gongkai.law.yearbook import year_of
from gongkai.people.audience import staff
from gongkai.people.models import Person
from gongkai.rulebook.actions import NoticeKnown, propose_notice
from gongkai.rulebook.forms import FileForm, PasteForm, Sheet, filled
from gongkai.rulebook.plans import notice_plan
from gongkai.rulebook.queries import rules_on
from gongkai.rulebook.rules import PROPOSES, may_propose

Context = dict[str, object]
_REFUSED = 409


@staff
def notice_sheet(request: HttpRequest) -> HttpResponse:
    """One sheet, four buttons: read the text, read the file, look it over, propose."""
    standing = standing_of(request)
    require(may_propose(standing), PROPOSES)
    if request.method != "POST":
        year = clock.today().year + 1
        return _page(request, {"paste": PasteForm(initial={"year": year}), "sheet": Sheet()})
    if request.POST.get("step") == "read":
        return _page(request, _read(request))
    if request.POST.get("step") == "file":
        return _page(request, _take_file(request))
    return _examine(request, standing.person)


def preview(notice: Notice) -> Context:
    """What a page shows of a notice: its rows, what it moves, its year."""
    today = clock.today()
    calendar = rules_on(today).calendar.with_notices([notice])
    context: Context = {"notice": notice, "plan": notice_plan(notice, today)}
    try:
        return {**context, "year": year_of(calendar, notice.year)}
    except LawError as unknown:
        return {**context, "no_year": str(unknown)}


def _read(request: HttpRequest) -> Context:
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return {"paste": paste, "sheet": Sheet()}
    year = paste.cleaned_data["year"]
    found = read_announcement(paste.cleaned_data["text"], year)
    return {"paste": paste, "sheet": filled(year, found), "found": found}


def _take_file(request: HttpRequest) -> Context:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"file": form, "sheet": Sheet()}
    try:
        return {"sheet": Sheet(notice=parse_notice(form.cleaned_data["file"]))}
    except NoticeRefused as refused:
        return {"sheet": Sheet(), "reasons": refused.reasons}


def _examine(request: HttpRequest, by: Person) -> HttpResponse:
    sheet = Sheet(request.POST)
    if not sheet.is_valid():
        return _page(request, {"sheet": sheet})
    body = sheet.body()
    try:
        notice = parse_notice(body)
        if request.POST.get("step") == "propose":
            proposed = propose_notice(body, by=by)
            return HttpResponseRedirect(reverse("rulebook-notice", args=[proposed.uid]))
    except NoticeRefused as refused:
        return _page(request, {"sheet": sheet, "reasons": refused.reasons}, _REFUSED)
    except NoticeKnown as known:
        return _page(request, {"sheet": sheet, "reasons": [str(known)]}, _REFUSED)
    return _page(request, {"sheet": Sheet(notice=notice), **preview(notice)})


def _page(request: HttpRequest, context: Context, status: int = 200) -> HttpResponse:
    forms = {"paste": PasteForm(initial={"year": clock.today().year + 1}), "file": FileForm()}
    return render(request, "rulebook/notice_sheet.html", {**forms, **context}, status=status)
