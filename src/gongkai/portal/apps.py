from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from gongkai.portal.filed.registration import register_kinds  # noqa: PLC0415  # after models

        register_kinds()
