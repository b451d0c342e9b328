from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class DocumentsConfig(AppConfig):
    name = "gongkai.documents"
    verbose_name = "文档"

    def ready(self) -> None:
        guards.declare(
            guards.immutable_when(
                "documents_edition",
                "closed",
                "OLD.closed_at IS NOT NULL",
                "封存的版本不可更改或删除，请另立新版本（不变量一）",
            )
        )
        guards.declare(*guards.kept("documents_document"))
