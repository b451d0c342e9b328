"""The letters of a case and the files that go with them: what they are, and their bytes once the look is logged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.access import require, standing_of
from gongkai.foi.forms import LookForm
from gongkai.foi.handling.drafts import read_draft
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.issuing.actions.looking import look_at_enclosure, look_at_letter
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.issuing.queries import drafted_letter, sent_with, title_of
from gongkai.foi.issuing.telling import letter_of
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, has_a_part_in, may_look_at_identity
from gongkai.foi.views.cases import case_or_404
from gongkai.letters.composing import LetterRefused, letter_pdf
from gongkai.letters.views.preview import PDF, WORD
from gongkai.paper.fallback import GlyphMissingError
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.vault.cipher import Unreadable

_REFUSED, _WRONG = 409, 400


@staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_letter(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """What the letter is; its PDF or Word file after the look is in the log."""
    case = _case(request, url_key)
    letter = IssuedLetter.objects.filter(case=case, uid=uid).first()
    if letter is None:
        raise Http404(uid)
    letter.case = case
    context = {"case": case, "letter": letter, "title": title_of(letter), "sent": sent_with(letter)}
    form = LookForm(sent(request))
    if not form.is_valid():
        return asking(request, "foi/letter.html", context, form)
    reason = Reason(form.cleaned_data["reason"])
    try:
        written = look_at_letter(letter, reason=reason, by=standing_of(request).person)
    except (LookRefused, Unreadable) as refused:
        return asking(request, "foi/letter.html", context, form, str(refused))
    if request.POST.get("as") == "docx":
        return as_file(written.docx, WORD, f"{title_of(letter)}.docx")
    return as_file(written.pdf, PDF, f"{title_of(letter)}.pdf")


@staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_enclosure(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """A file for the applicant, after the look is in the log."""
    case = _case(request, url_key)
    enclosure = Enclosure.objects.filter(case=case, uid=uid).first()
    if enclosure is None:
        raise Http404(uid)
    enclosure.case = case
    context = {"case": case, "enclosure": enclosure, "title": enclosure.title}
    form = LookForm(sent(request))
    if not form.is_valid():
        return asking(request, "foi/letter.html", context, form)
    reason = Reason(form.cleaned_data["reason"])
    try:
        name, data = look_at_enclosure(enclosure, reason=reason, by=standing_of(request).person)
    except (LookRefused, Unreadable) as refused:
        return asking(request, "foi/letter.html", context, form, str(refused))
    return as_file(data, "application/octet-stream", name)


@staff
@never_cache
@require_safe
def case_draft_pdf(request: HttpRequest, url_key: str) -> HttpResponse:
    """The letter that waits to be signed, printed without who asked and without a number."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(has_a_part_in(standing, case), "受理机关办理这件申请的人员")
    facts = facts_of(case, standing.on)
    draft = read_draft(facts.draft) if facts.draft else None
    if draft is None or not letter_of(case, draft.outcome):
        raise Http404(url_key)
    try:
        data = letter_pdf(drafted_letter(facts, draft))
    except (LetterRefused, GlyphMissingError, Unreadable) as refused:
        context = {"case": case, "title": "拟稿的文书", "refusal": str(refused)}
        return render(request, "foi/letter.html", context, status=_REFUSED)
    return as_file(data, PDF, "拟稿.pdf")


def as_file(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with *data* as a file to be kept, shown to nobody else and found by no search engine."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store, private"
    return answer


def _case(request: HttpRequest, url_key: str) -> Case:
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(may_look_at_identity(standing, case), MAY_LOOK)
    return case


def asking(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: LookForm,
    refusal: str = "",
) -> HttpResponse:
    """Ask for what somebody looks, or say why nothing is given out."""
    status = _REFUSED if refusal else _WRONG if form.is_bound else 200
    shown = {**context, "form": form, "refusal": refusal}
    return render(request, template, shown, status=status)
