"""Staff addresses of requests."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.receiving.urls import urlpatterns as receiving
from gongkai.foi.views.cases import case_list, case_page
from gongkai.foi.views.identity import case_identity, identity_looks

urlpatterns: list[URLPattern] = [
    path("cases/", case_list, name="desk-cases"),
    path("case/<slug:url_key>/", case_page, name="desk-case"),
    path("case/<slug:url_key>/identity/", case_identity, name="case-identity"),
    path("looks/", identity_looks, name="identity-looks"),
    *receiving,
]
