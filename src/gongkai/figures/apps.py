from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    name = "gongkai.figures"
    verbose_name = "数字"

    def ready(self) -> None:
        autodiscover_modules("figures")  # each room registers what its own figures.py defines
