from __future__ import annotations

from django.apps import AppConfig

from gongkai.figures import registry
from gongkai.publication.figures import PublicationFigures


class PublicationConfig(AppConfig):
    name = "gongkai.publication"
    verbose_name = "发布"

    def ready(self) -> None:
        registry.register("publication", PublicationFigures())
