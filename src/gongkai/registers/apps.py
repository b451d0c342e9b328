from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class RegistersConfig(AppConfig):
    name = "gongkai.registers"
    verbose_name = "双公示"

    def ready(self) -> None:
        from gongkai.registers.found_by import Shown  # noqa: PLC0415  # after models
        from gongkai.search import sources  # noqa: PLC0415  # 〃

        sources.register("registers", Shown())
        guards.declare(*guards.kept("registers_entry", "registers_import"))
        guards.declare(guards.append_only("registers_change"))
