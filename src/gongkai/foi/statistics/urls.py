"""Staff addresses of what is taken out of the statistics; their page, which draws, is the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.statistics.views import request_log, request_log_csv, statistics_csv

urlpatterns: list[URLPattern] = [
    path("cases/statistics/requests.csv", statistics_csv, name="case-statistics-csv"),
    path("cases/log/", request_log, name="request-log"),
    path("cases/log/log.csv", request_log_csv, name="request-log-csv"),
]
