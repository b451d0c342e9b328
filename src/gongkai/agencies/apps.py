from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    verbose_name = "机关"

    def ready(self) -> None:
        guards.declare(*guards.kept("agencies_agency", "agencies_agencyname"))
