from __future__ import annotations

from django.apps import AppConfig

from gongkai.figures import registry
from gongkai.returns.figures import ReturnFigures


class ReturnsConfig(AppConfig):
    name = "gongkai.returns"
    verbose_name = "数据报送"

    def ready(self) -> None:
        registry.register("returns", ReturnFigures())
