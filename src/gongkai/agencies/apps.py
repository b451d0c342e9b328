from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from gongkai.agencies.converters import register_all
from gongkai.audit import guards

_KEPT = (
    "agencies_agency",
    "agencies_agencyname",
    "agencies_subordination",
    "agencies_agencycontact",
    "agencies_agencyending",
    "agencies_succession",
    "agencies_membership",
)


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    verbose_name = "机关"

    def ready(self) -> None:
        register_all()  # before any room reads its addresses
        guards.declare(*guards.kept(*_KEPT))
        autodiscover_modules(
            "estate"
        )  # each room's estate.py tells what agencies have in hand there
