from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards
from gongkai.columns.freshness import register_latest
from gongkai.documents.canonical import GONE

OWN_BYTES = guards.Guard(
    "publication_publication",
    "own_bytes",
    ("INSERT", "UPDATE"),
    "发布的必须是签封或免审所指的那一个版本，且已封存（不变量一）",
    exists=(
        "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id"
        " AND (e.document_id <> NEW.document_id OR e.closed_at IS NULL)"
        " UNION ALL SELECT 1 FROM review_seal z JOIN documents_edition e ON e.id = NEW.edition_id"
        " WHERE z.id = NEW.seal_id AND (z.edition_id <> e.id OR z.sha256 <> e.sha256)"
        " UNION ALL SELECT 1 FROM review_waiver w"
        " WHERE w.id = NEW.waiver_id AND w.edition_id <> NEW.edition_id"
    ),
)
"""The database's own refusal of other bytes than those a seal or a waiver is about."""
_DISCLOSURE = guards.Guard(
    "documents_document",
    "disclosure",
    ("UPDATE",),
    "正在公开的信息不能改变公开属性，请先撤下（条例第十八条，不变量一）",
    exists="SELECT 1 FROM publication_publication p "
    "WHERE p.document_id = NEW.id AND p.live AND OLD.disclosure <> NEW.disclosure",
)


_EXPUNGED = guards.Guard(
    "documents_edition",
    "expunged",
    ("UPDATE",),
    "彻底删除须由两个人办：没有获得批准，不能销毁封存的版本（不变量三）",
    exists="SELECT 1 FROM documents_document d WHERE d.id = NEW.document_id"  # noqa: S608  # a constant of ours
    f" AND NEW.title = '{GONE}' AND OLD.closed_at IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM publication_expunging x"
    " WHERE x.document_id = d.id AND x.approved_at IS NOT NULL)",
)


class PublicationConfig(AppConfig):
    name = "gongkai.publication"
    verbose_name = "发布"

    def ready(self) -> None:
        from gongkai.publication import beside  # noqa: F401, PLC0415  # tells documents what to show
        from gongkai.publication.found_by import Published  # noqa: PLC0415  # after models
        from gongkai.publication.queries import (  # noqa: PLC0415  # after models
            last_in_column,
            last_public_before,
        )
        from gongkai.review.changes import register  # noqa: PLC0415  # 〃
        from gongkai.search import sources  # noqa: PLC0415  # 〃

        register(last_public_before)
        sources.register("documents", Published())
        register_latest(last_in_column)
        guards.declare(
            *guards.kept("publication_publication", "publication_ending", "publication_plan")
        )
        guards.declare(*guards.kept("publication_alert", "publication_expunging"))
        guards.declare(guards.append_only("publication_redirect"))
        guards.declare(OWN_BYTES, _DISCLOSURE, _EXPUNGED)
