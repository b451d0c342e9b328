from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class PublicationConfig(AppConfig):
    name = "gongkai.publication"
    verbose_name = "发布"

    def ready(self) -> None:
        guards.declare(*guards.kept("publication_publication"))
