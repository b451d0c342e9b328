"""How a letter looks with an invented case: on the page, as PDF, as a Word file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from gongkai.agencies.access import standing_of
from gongkai.audit import clock
from gongkai.law.letters import LETTERS
from gongkai.letters.composing import Letter, LetterRefused, compose, letter_docx, letter_pdf
from gongkai.letters.invented import invented
from gongkai.letters.models import Wording
from gongkai.letters.queries import words_of, words_on
from gongkai.letters.showing import Shown, shown
from gongkai.letters.wording.checking import outcomes_of
from gongkai.letters.wording.words import Words
from gongkai.paper.fallback import GlyphMissingError
from gongkai.people.audience import staff

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REFUSED = 409


@dataclass(frozen=True)
class Preview:
    """What a page shows of a letter; *refusal* where the invented case has not what the wording asks for."""

    blocks: Sequence[Shown] = ()
    refusal: str = ""


def previewed(words: Words, outcome: str = "") -> Preview:
    """Return how *words* read with the invented case."""
    try:
        return Preview(shown(_letter(words, outcome).blocks))
    except LetterRefused as refused:
        return Preview(refusal=f"示例案件里写不出来：{refused}")


def known(code: str) -> str:
    """Return *code*, or raise ``Http404`` for a letter that there is not."""
    if code not in LETTERS:
        raise Http404(code)
    return code


def as_file(
    request: HttpRequest, words: Words, make: Callable[[Letter], bytes], media_type: str
) -> HttpResponse:
    """Answer with the invented letter as a file, or say why it cannot be printed."""
    ending = "pdf" if media_type == PDF else "docx"
    outcome = request.GET.get("outcome", "")
    try:
        data = make(_letter(words, outcome if outcome in outcomes_of(words.code) else ""))
    except (LetterRefused, GlyphMissingError) as refused:
        context = {"refusal": str(refused), "title": LETTERS[words.code].title, "code": words.code}
        return render(request, "letters/refused.html", context, status=REFUSED)
    answer = HttpResponse(data, content_type=media_type)
    name = f"{LETTERS[words.code].title}（示例）.{ending}"
    told = content_disposition_header(as_attachment=ending != "pdf", filename=name)
    if told:
        answer["Content-Disposition"] = told
    return answer


@staff
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as PDF, with the wording in use or the one that ``?wording=`` names."""
    return as_file(request, _asked(request, code), letter_pdf, PDF)


@staff
def word(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a Word file."""
    return as_file(request, _asked(request, code), letter_docx, WORD)


def _asked(request: HttpRequest, code: str) -> Words:
    standing_of(request)
    wanted = request.GET.get("wording", "")
    if not wanted:
        return words_on(known(code), clock.today())
    if not wanted.isdecimal() or len(wanted) > 6:
        raise Http404(wanted)
    return words_of(get_object_or_404(Wording, code=known(code), version=int(wanted)))


def _letter(words: Words, outcome: str) -> Letter:
    return compose(words.code, invented(words.code, clock.today(), outcome), words)
