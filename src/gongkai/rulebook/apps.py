from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class RulebookConfig(AppConfig):
    name = "gongkai.rulebook"
    verbose_name = "规则"

    def ready(self) -> None:
        guards.declare(
            *guards.kept(
                "rulebook_holidaynotice",
                "rulebook_parameter",
                "rulebook_numberseries",
                "rulebook_numberuse",
            )
        )
