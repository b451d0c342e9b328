"""Staff addresses of receiving."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.receiving.views.counter import counter
from gongkai.foi.receiving.views.listing import intake
from gongkai.foi.receiving.views.one import (
    confirm,
    download,
    files,
    look,
    one,
    refuse,
    unreachable,
)

_ONE = "intake/<slug:number>/"

urlpatterns: list[URLPattern] = [
    path("intake/", intake, name="intake"),
    path("intake/counter/", counter, name="intake-counter"),
    path(_ONE, one, name="intake-one"),
    path(f"{_ONE}confirm/", confirm, name="intake-confirm"),
    path(f"{_ONE}unreachable/", unreachable, name="intake-unreachable"),
    path(f"{_ONE}refuse/", refuse, name="intake-refuse"),
    path(f"{_ONE}files/", files, name="intake-files"),
    path(f"{_ONE}look/", look, name="intake-look"),
    path(f"{_ONE}file/<uuid:uid>/", download, name="intake-file"),
]
