from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class RegistersConfig(AppConfig):
    name = "gongkai.registers"
    verbose_name = "双公示"

    def ready(self) -> None:
        guards.declare(*guards.kept("registers_entry", "registers_import"))
        guards.declare(guards.append_only("registers_change"))
