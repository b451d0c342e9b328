from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class SharingConfig(AppConfig):
    name = "gongkai.sharing"
    verbose_name = "报送和推送"

    def ready(self) -> None:
        guards.declare(*guards.kept("sharing_offer", "sharing_push", "sharing_delivery"))
        from gongkai.documents.holding import when_destroyed  # noqa: PLC0415  # models are there now
        from gongkai.sharing import beside  # noqa: F401, PLC0415  # tells documents what to show
        from gongkai.sharing.actions import forget_offers  # noqa: PLC0415  # 〃

        when_destroyed(forget_offers)
