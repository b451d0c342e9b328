from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards

_DISCLOSURE = guards.Guard(
    "documents_document",
    "disclosure",
    ("UPDATE",),
    "正在公开的信息不能改变公开属性，请先撤下（条例第十八条，不变量一）",
    exists="SELECT 1 FROM publication_publication p "
    "WHERE p.document_id = NEW.id AND p.live AND OLD.disclosure <> NEW.disclosure",
)


class PublicationConfig(AppConfig):
    name = "gongkai.publication"
    verbose_name = "发布"

    def ready(self) -> None:
        guards.declare(*guards.kept("publication_publication"))
        guards.declare(_DISCLOSURE)
