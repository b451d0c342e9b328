"""A Word file as the text of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import standing_of
from gongkai.documents.actions import TakenIn, take_in_word
from gongkai.documents.forms import WordForm
from gongkai.documents.models import Edition
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.finding import REFUSED, drafted_or_404, open_edition_or_404
from gongkai.people.audience import staff
from gongkai.people.models import Person


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


def _take_in(edition: Edition, form: WordForm, by: Person) -> TakenIn:
    sent: File[bytes] = form.cleaned_data["file"]
    return take_in_word(
        edition, sent, name=sent.name or "", expecting=form.cleaned_data["revision"], by=by
    )


def _tell(request: HttpRequest, taken: TakenIn) -> None:
    messages.success(request, "Word 文件已转为正文，请对照原文核对，并回答下面的问题。")
    for sentence in taken.lost:
        messages.warning(request, sentence)
