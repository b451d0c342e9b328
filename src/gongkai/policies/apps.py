from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards
from gongkai.publication.naming import tell_numbers


class PoliciesConfig(AppConfig):
    name = "gongkai.policies"
    verbose_name = "政策文件"

    def ready(self) -> None:
        from gongkai.policies.queries import numbers_of  # noqa: PLC0415  # models are not ready above

        tell_numbers(numbers_of)
        guards.declare(
            *guards.kept("policies_policy", "policies_relation", "policies_stockadjustment")
        )
