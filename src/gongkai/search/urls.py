"""Staff addresses of search."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.search.views import bet_add, bet_end, synonym_add, synonym_drop, words

urlpatterns: list[URLPattern] = [
    path("words/", words, name="desk-words"),
    path("words/synonym/", synonym_add, name="desk-synonym-add"),
    path("words/synonym/<uuid:uid>/drop/", synonym_drop, name="desk-synonym-drop"),
    path("words/recommended/", bet_add, name="desk-bet-add"),
    path("words/recommended/<uuid:uid>/end/", bet_end, name="desk-bet-end"),
]
