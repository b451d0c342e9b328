from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards
from gongkai.audit.subscribers import subscribe


class SharingConfig(AppConfig):
    name = "gongkai.sharing"
    verbose_name = "报送和推送"

    def ready(self) -> None:
        guards.declare(*guards.kept("sharing_offer", "sharing_push", "sharing_delivery"))
        from gongkai.sharing import beside  # noqa: F401, PLC0415  # tells documents what to show
        from gongkai.sharing.destroyed import follow_destruction  # noqa: PLC0415  # 〃

        subscribe("document", follow_destruction)
