from __future__ import annotations

from django.apps import AppConfig

from gongkai.agencies.converters import register_all
from gongkai.audit import guards


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    verbose_name = "机关"

    def ready(self) -> None:
        register_all()  # before any room reads its addresses
        guards.declare(*guards.kept("agencies_agency", "agencies_agencyname"))
