from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class PoliciesConfig(AppConfig):
    name = "gongkai.policies"
    verbose_name = "政策文件"

    def ready(self) -> None:
        guards.declare(
            *guards.kept("policies_policy", "policies_relation", "policies_stockadjustment")
        )
