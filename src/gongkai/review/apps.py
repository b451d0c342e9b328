from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    verbose_name = "审核"

    def ready(self) -> None:
        guards.declare(guards.append_only("review_seal"), guards.append_only("review_waiver"))
