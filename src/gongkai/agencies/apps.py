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
        # Models are there only once every app is being readied.
        from gongkai.agencies.access import role_codes_asked, role_codes_of  # noqa: PLC0415
        from gongkai.agencies.administrators import SEPARATION  # noqa: PLC0415
        from gongkai.people import seats  # noqa: PLC0415

        guards.declare(*guards.kept(*_KEPT), SEPARATION)
        seats.tell(role_codes_of, role_codes_asked)
        autodiscover_modules("estate")  # each room tells what agencies have in hand there
