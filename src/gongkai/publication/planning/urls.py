"""Staff addresses of planned publication."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.publication.planning.views import cancel, plan, plans

urlpatterns: list[URLPattern] = [
    path("", plans, name="publication-plans"),
    path("<uuid:uid>/", plan, name="publication-plan"),
    path("<uuid:uid>/cancel/", cancel, name="publication-plan-cancel"),
]
