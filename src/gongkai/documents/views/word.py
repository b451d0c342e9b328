"""A Word file as the text of a draft, and as the beginning of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import standing_of
from gongkai.agencies.models import Agency
from gongkai.documents.actions import TakenIn, open_draft_from_word, take_in_word
from gongkai.documents.forms import NewFromWordForm, WordForm
from gongkai.documents.models import Edition
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.beginning import choices_of, drafted, drafted_for, first_for
from gongkai.documents.views.finding import REFUSED, drafted_or_404, open_edition_or_404
from gongkai.people.audience import staff
from gongkai.people.models import Person


@staff
def begin_from_word(request: HttpRequest) -> HttpResponse:
    """Begin a document with a Word file: its title, its text, its pictures."""
    standing = standing_of(request)
    agencies = drafted_for(standing)
    choices, first = choices_of(request, agencies), first_for(standing)
    form = NewFromWordForm(choices, request.POST or None, request.FILES or None, first=first)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            taken = _begin(form, agencies[form.cleaned_data["agency"]], standing.person)
        except DocumentRefused as refused:
            refusal = str(refused)
        else:
            _tell(request, taken)
            return redirect("desk-item-edit", taken.edition.document.url_key)
    context = {"form": form, "refusal": refusal}
    return render(request, "documents/new_word.html", context, status=REFUSED if refusal else 200)


@staff
def take_in(request: HttpRequest, url_key: str) -> HttpResponse:
    """Make a Word file the text; what did not come along is told on the editing page."""
    standing = standing_of(request)
    edition = open_edition_or_404(drafted_or_404(standing, url_key))
    written = bool(edition.content.text)
    form = WordForm(
        request.POST or None,
        request.FILES or None,
        replaces=written,
        initial={"revision": edition.revision},
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take_in(edition, form, standing.person)
        except DocumentRefused as refused:
            refusal = str(refused)
        else:
            _tell(request, taken)
            return redirect("desk-item-edit", url_key)
    context = {
        "document": edition.document,
        "edition": edition,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "documents/word.html", context, status=REFUSED if refusal else 200)


def _begin(form: NewFromWordForm, agency: Agency, by: Person) -> TakenIn:
    sent: File[bytes] = form.cleaned_data["file"]
    ground = form.cleaned_data["ground"]
    return open_draft_from_word(
        agency, drafted(form), sent, name=sent.name or "", ground=ground, by=by
    )


def _take_in(edition: Edition, form: WordForm, by: Person) -> TakenIn:
    sent: File[bytes] = form.cleaned_data["file"]
    return take_in_word(
        edition, sent, name=sent.name or "", expecting=form.cleaned_data["revision"], by=by
    )


def _tell(request: HttpRequest, taken: TakenIn) -> None:
    messages.success(request, "Word 文件已转为正文，请对照原文核对，并回答下面的问题。")
    for sentence in taken.lost:
        messages.warning(request, sentence)
