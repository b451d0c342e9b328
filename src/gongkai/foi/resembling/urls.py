"""Staff addresses of requests that may be the same."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.resembling.views import case_compare, case_judge

urlpatterns: list[URLPattern] = [
    path("case/<slug:url_key>/similar/<uuid:uid>/", case_compare, name="case-compare"),
    path("case/<slug:url_key>/similar/<uuid:uid>/judge/", case_judge, name="case-judge"),
]
