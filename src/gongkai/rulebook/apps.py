from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "gongkai.rulebook"
    verbose_name = "规则"
