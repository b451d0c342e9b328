from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from gongkai.audit import guards


class RulebookConfig(AppConfig):
    name = "gongkai.rulebook"
    verbose_name = "规则"

    def ready(self) -> None:
        # Each room registers in its reflow.py the days that rules move, in its numbering.py what
        # bears its numbers.
        autodiscover_modules("reflow", "numbering")
        for table in ("rulebook_holidaynotice", "rulebook_parameter"):
            guards.declare(
                guards.immutable_when(
                    table,
                    "decided",
                    "OLD.moves_id IS NOT NULL OR OLD.state = 'rejected'",
                    f"{table} 已经批准或否决，不能再改；请另行提出一项（两人经手）",
                )
            )
        guards.declare(guards.append_only("rulebook_movelist"))
        guards.declare(
            *guards.kept(
                "rulebook_holidaynotice",
                "rulebook_parameter",
                "rulebook_numberseries",
                "rulebook_numberuse",
            )
        )
