"""The sheet on which a letter is worded: look for faults, see it with an invented case, propose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.law.letters import LETTERS
from gongkai.letters.actions import WordingRefused, propose_wording
from gongkai.letters.composing import letter_pdf
from gongkai.letters.forms import Sheet
from gongkai.letters.models import Wording
from gongkai.letters.queries import words_of, words_on
from gongkai.letters.rules import PROPOSES, may_propose
from gongkai.letters.slots import ALL
from gongkai.letters.views.preview import PDF, REFUSED, as_file, known, previewed
from gongkai.letters.wording.checking import Problem, problems
from gongkai.letters.wording.packaged import duty, packaged
from gongkai.letters.wording.words import Words
from gongkai.people.audience import staff
from gongkai.people.models import Person

_UNREAD = "有几行没有填好，见各行下面的说明。"


@staff
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Word a letter, beginning with the wording in use, or with what ``?from=`` names."""
    standing = standing_of(request)
    known(code)
    require(may_propose(standing), PROPOSES)
    if request.method != "POST":
        return _page(request, code, Sheet(code, blocks=_begun_from(request, code).blocks), {})
    sheet = Sheet(code, request.POST)
    step = request.POST.get("step", "check")
    if step == "live":
        return _live(code, sheet)
    if not sheet.is_valid(whole=step == "propose"):
        return _page(request, code, sheet, {"refusal": _UNREAD}, REFUSED)
    if step == "propose":
        return _propose(request, code, sheet, standing.person)
    return _checked(request, code, sheet, step)


def _begun_from(request: HttpRequest, code: str) -> Words:
    wanted = request.GET.get("from", "")
    if wanted == "0":
        return packaged(code)
    row = None
    if wanted.isdecimal() and len(wanted) <= 6:
        row = Wording.objects.filter(code=code, version=int(wanted)).first()
    return words_of(row) if row else words_on(code, clock.today())


def _propose(request: HttpRequest, code: str, sheet: Sheet, by: Person) -> HttpResponse:
    blocks, rows = sheet.blocks()
    head = sheet.head.cleaned_data
    try:
        row = propose_wording(code, blocks, since=head["since"], note=head["note"], by=by)
    except WordingRefused as refused:
        told = {"refusal": str(refused), "problems": _by_row(refused.problems, rows)}
        return _page(request, code, sheet, told, REFUSED)
    return HttpResponseRedirect(reverse("letter-wording", args=[row.uid]))


def _checked(request: HttpRequest, code: str, sheet: Sheet, step: str) -> HttpResponse:
    blocks, rows = sheet.blocks()
    found = problems(code, blocks, clock.today())
    words = Words(code, tuple(blocks))
    if not found and step == "pdf":
        return as_file(request, words, letter_pdf, PDF)
    told = {
        "problems": _by_row(found, rows),
        "sample": None if found else previewed(words),
        "checked": True,
    }
    return _page(request, code, sheet, told)


def _live(code: str, sheet: Sheet) -> JsonResponse:
    """What the script beside the sheet asks while somebody types."""
    if not sheet.is_valid(whole=False):
        return JsonResponse({"problems": [{"row": 0, "sentence": _UNREAD}]})
    blocks, rows = sheet.blocks()
    found = _by_row(problems(code, blocks, clock.today()), rows)
    return JsonResponse({"problems": [{"row": row, "sentence": text} for row, text in found]})


def _by_row(found: Sequence[Problem], rows: Sequence[int]) -> list[tuple[int, str]]:
    """Each problem with the number of the row on the sheet, 0 for the whole."""
    return [(0 if one.row is None else rows[one.row], one.sentence) for one in found]


def _page(
    request: HttpRequest, code: str, sheet: Sheet, told: Mapping[str, object], status: int = 200
) -> HttpResponse:
    context = {
        "code": code,
        "title": LETTERS[code].title,
        "sheet": sheet,
        "slots": ALL,
        "must": duty(code).must,
        "today": clock.today(),
    }
    return render(request, "letters/edit.html", {**context, **told}, status=status)
