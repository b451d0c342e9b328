"""Staff addresses of the county's rules, below /desk/rulebook/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.rulebook.views import notice, notice_sheet, numbers, overview, parameters, value

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="rulebook"),
    path("notices/", overview.notices, name="rulebook-notices"),
    path("notices/new/", notice_sheet.notice_sheet, name="rulebook-notice-new"),
    path("notices/<uuid:uid>/", notice.notice, name="rulebook-notice"),
    path("notices/<uuid:uid>/approve/", notice.approve, name="rulebook-notice-approve"),
    path("notices/<uuid:uid>/reject/", notice.reject, name="rulebook-notice-reject"),
    path("parameters/", parameters.parameters, name="rulebook-parameters"),
    path("parameters/<str:key>/", parameters.parameter, name="rulebook-parameter"),
    path("values/<uuid:uid>/", value.value, name="rulebook-value"),
    path("values/<uuid:uid>/approve/", value.approve, name="rulebook-value-approve"),
    path("values/<uuid:uid>/reject/", value.reject, name="rulebook-value-reject"),
    path("numbers/", numbers.numbers, name="rulebook-numbers"),
    path("numbers/<uuid:uid>/", numbers.series, name="rulebook-series"),
    path("numbers/<uuid:uid>/void/", numbers.void, name="rulebook-void"),
]
