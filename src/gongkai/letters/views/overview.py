"""The list of letters, and one letter with how it reads and what versions it has had."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import standing_of
from gongkai.audit import clock
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES
from gongkai.letters.queries import lines, versions_of, waiting, words_on
from gongkai.letters.rules import APPROVES, PROPOSES, may_propose
from gongkai.letters.views.preview import known, previewed
from gongkai.letters.wording.checking import outcomes_of
from gongkai.letters.wording.packaged import duty, series_of
from gongkai.people.audience import staff


@staff
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter with the state of its wording."""
    context = {
        "lines": lines(clock.today()),
        "waiting": [(row, LETTERS[row.code].title) for row in waiting().defer("blocks_text")],
        "may_propose": may_propose(standing_of(request)),
        "proposes": PROPOSES,
        "approves": APPROVES,
    }
    return render(request, "letters/letters.html", context)


@staff
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """One letter: how it reads today with an invented case, for the outcome that ``?outcome=`` names."""
    words = words_on(known(code), clock.today())
    outcomes = [OUTCOMES[one] for one in outcomes_of(code)]
    asked = next((one for one in outcomes if one.code == request.GET.get("outcome")), None)
    chosen = asked or (outcomes[0] if outcomes else None)
    context = {
        "code": code,
        "title": LETTERS[code].title,
        "words": words,
        "duty": duty(code),
        "series": series_of(code),
        "outcomes": outcomes,
        "chosen": chosen,
        "sample": previewed(words, chosen.code if chosen else ""),
        "versions": versions_of(code).defer("blocks_text"),
        "today": clock.today(),
        "may_propose": may_propose(standing_of(request)),
        "proposes": PROPOSES,
    }
    return render(request, "letters/letter.html", context)
