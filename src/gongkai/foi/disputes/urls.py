"""Staff addresses of disputes."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.disputes.views import dispute_enter, dispute_list, dispute_page, dispute_step

urlpatterns: list[URLPattern] = [
    path("disputes/", dispute_list, name="disputes"),
    path("dispute/<uuid:uid>/", dispute_page, name="dispute"),
    path("dispute/<uuid:uid>/step/<slug:step_name>/", dispute_step, name="dispute-step"),
    path("case/<slug:url_key>/dispute/", dispute_enter, name="case-dispute"),
]
