"""Staff addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.desk.views.cell import draft_cell
from gongkai.desk.views.home import desk_home
from gongkai.desk.views.kept import kept
from gongkai.desk.views.keys import keys
from gongkai.desk.views.preflight import freeze, preflight, release
from gongkai.desk.views.preview import preview, preview_file, preview_page
from gongkai.desk.views.reports import reports
from gongkai.desk.views.search import search
from gongkai.desk.views.section import section, undo
from gongkai.desk.views.statistics import case_statistics
from gongkai.desk.views.tally import tally

_PREVIEW = "items/<slug:url_key>/preview/"
_REPORT = "report/<code:code>/<year:year>/"

urlpatterns: list[URLPattern] = [
    path("", desk_home, name="desk-home"),
    path("reports/", reports, name="desk-reports"),
    path("search/", search, name="desk-search"),
    path("sharing/tally/", tally, name="sharing-tally"),
    path("cases/statistics/", case_statistics, name="case-statistics"),
    path("keys/", keys, name="desk-keys"),
    path("kept/", kept, name="desk-kept"),
    path(_PREVIEW, preview, name="desk-item-preview"),
    path(f"{_PREVIEW}<slug:way>/", preview, name="desk-item-preview-way"),
    path(f"{_PREVIEW}<slug:way>/page/", preview_page, name="desk-item-preview-page"),
    path(
        f"{_PREVIEW}<slug:way>/page/files/<str:name>", preview_file, name="desk-item-preview-file"
    ),
    path(_REPORT, preflight, name="desk-report"),
    path(f"{_REPORT}section/<int:n>/", section, name="desk-section"),
    path(f"{_REPORT}section/<int:n>/undo/", undo, name="desk-section-undo"),
    path(f"{_REPORT}freeze/", freeze, name="desk-freeze"),
    path(f"{_REPORT}release/", release, name="desk-release"),
    path(f"{_REPORT}cell/<key:key>/", draft_cell, name="desk-cell"),
]
