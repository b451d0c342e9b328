from __future__ import annotations

from django.apps import AppConfig

from gongkai.agencies.converters import register_all
from gongkai.audit import guards


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    verbose_name = "机关"

    def ready(self) -> None:
        register_all()  # before any room reads its addresses
        # Models are there only once every app is being readied.
        from gongkai.agencies.access import role_codes_asked, role_codes_of  # noqa: PLC0415
        from gongkai.agencies.administrators import SEPARATION  # noqa: PLC0415
        from gongkai.people import seats  # noqa: PLC0415

        guards.declare(*guards.kept("agencies_agency", "agencies_agencyname"), SEPARATION)
        seats.tell(role_codes_of, role_codes_asked)
