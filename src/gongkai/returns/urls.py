"""Staff addresses of unit returns."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.returns.views import accept, file, overview, send_back, unit, withdraw

_UNIT = "returns/<code:code>/<year:year>/"

urlpatterns: list[URLPattern] = [
    path("returns/", overview, name="desk-returns"),
    path(_UNIT, unit, name="desk-returns-unit"),
    path(f"{_UNIT}file/<slug:item>/", file, name="desk-returns-file"),
    path(f"{_UNIT}<uuid:uid>/accept/", accept, name="desk-returns-accept"),
    path(f"{_UNIT}<uuid:uid>/send-back/", send_back, name="desk-returns-send-back"),
    path(f"{_UNIT}<uuid:uid>/withdraw/", withdraw, name="desk-returns-withdraw"),
]
