"""Staff addresses of the gate."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.screening.views.checking import check
from gongkai.screening.views.listing import screenings
from gongkai.screening.views.releasing import let_go, screening

urlpatterns: list[URLPattern] = [
    path("", screenings, name="screenings"),
    path("check/", check, name="screening-check"),
    path("<uuid:uid>/", screening, name="screening"),
    path("<uuid:uid>/release/", let_go, name="screening-release"),
]
