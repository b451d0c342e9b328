from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class ReturnsConfig(AppConfig):
    name = "gongkai.returns"
    verbose_name = "数据报送"

    def ready(self) -> None:
        guards.declare(*guards.kept("returns_return"))
