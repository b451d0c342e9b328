from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class ReportingConfig(AppConfig):
    name = "gongkai.reporting"
    verbose_name = "年度报告"

    def ready(self) -> None:
        guards.declare(
            guards.append_only("reporting_freeze"),
            guards.append_only("reporting_celllist"),
            guards.append_only("reporting_erratum"),
        )
        guards.declare(*guards.kept("reporting_report"))
