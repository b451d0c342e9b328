from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    verbose_name = "审核"

    def ready(self) -> None:
        from gongkai.review import beside  # noqa: F401, PLC0415  # tells documents what to show
        from gongkai.review.guarding import GUARDS  # noqa: PLC0415  # once the models are there

        guards.declare(*GUARDS)
