"""Staff addresses of the letters, below /desk/letters/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.letters.views import editing, forums, overview, preview, wording

urlpatterns: list[URLPattern] = [
    path("", overview.letters, name="letters"),
    path("forums/", forums.forums, name="letter-forums"),
    path("wording/<uuid:uid>/", wording.wording, name="letter-wording"),
    path("wording/<uuid:uid>/approve/", wording.approve, name="letter-wording-approve"),
    path("wording/<uuid:uid>/reject/", wording.reject, name="letter-wording-reject"),
    path("wording/<uuid:uid>/take-back/", wording.take_back, name="letter-wording-take-back"),
    path("<slug:code>/", overview.letter, name="letter"),
    path("<slug:code>/edit/", editing.edit, name="letter-edit"),
    path("<slug:code>/preview.pdf", preview.pdf, name="letter-pdf"),
    path("<slug:code>/preview.docx", preview.word, name="letter-docx"),
]
