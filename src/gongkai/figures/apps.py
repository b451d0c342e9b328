from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "gongkai.figures"
    verbose_name = "数字"
