from __future__ import annotations

from django.apps import AppConfig

from gongkai.figures import registry
from gongkai.policies.figures import StockFigures


class PoliciesConfig(AppConfig):
    name = "gongkai.policies"
    verbose_name = "政策文件"

    def ready(self) -> None:
        registry.register("policies", StockFigures())
