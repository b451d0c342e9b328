"""Staff addresses of requests."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.charging.views import fees
from gongkai.foi.disputes.urls import urlpatterns as disputes
from gongkai.foi.proactive.urls import urlpatterns as proactive
from gongkai.foi.receiving.urls import urlpatterns as receiving
from gongkai.foi.resembling.urls import urlpatterns as resembling
from gongkai.foi.serving.views import case_service, case_slip
from gongkai.foi.statistics.urls import urlpatterns as statistics
from gongkai.foi.views.cases import case_list, case_page
from gongkai.foi.views.given import (
    case_assignment,
    case_consultation,
    case_returned,
    case_take_over,
)
from gongkai.foi.views.identity import case_identity, identity_looks
from gongkai.foi.views.letters import case_draft_pdf, case_enclosure, case_letter
from gongkai.foi.views.steps import case_draft, case_step

urlpatterns: list[URLPattern] = [
    path("cases/", case_list, name="desk-cases"),
    path("case/<slug:url_key>/", case_page, name="desk-case"),
    path("case/<slug:url_key>/identity/", case_identity, name="case-identity"),
    path("case/<slug:url_key>/service/", case_service, name="case-service"),
    path("case/<slug:url_key>/service/<uuid:uid>/", case_slip, name="case-slip"),
    path("fees/", fees, name="fees"),
    path("case/<slug:url_key>/step/draft/", case_draft, name="case-draft"),
    path("case/<slug:url_key>/step/<slug:step_name>/", case_step, name="case-step"),
    path(
        "case/<slug:url_key>/consultation/<uuid:uid>/",
        case_consultation,
        name="case-consultation",
    ),
    path("case/<slug:url_key>/draft.pdf", case_draft_pdf, name="case-draft-pdf"),
    path("case/<slug:url_key>/letter/<uuid:uid>/", case_letter, name="case-letter"),
    path("case/<slug:url_key>/enclosure/<uuid:uid>/", case_enclosure, name="case-enclosure"),
    path("assignment/<uuid:uid>/", case_assignment, name="case-assignment"),
    path("case/<slug:url_key>/returned/<uuid:uid>/", case_returned, name="case-returned"),
    path("case/<slug:url_key>/returned/<uuid:uid>/take/", case_take_over, name="case-take-over"),
    path("looks/", identity_looks, name="identity-looks"),
    *disputes,
    *proactive,
    *statistics,
    *receiving,
    *resembling,
]
