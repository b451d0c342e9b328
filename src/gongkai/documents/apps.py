from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards

_CLOSED = "封存的版本不可更改或删除，请另立新版本（不变量一）"
_EDITIONS = (
    guards.immutable_when("documents_edition", "closed", "OLD.closed_at IS NOT NULL", _CLOSED),
    guards.immutable_when(
        "documents_edition",
        "discarded",
        "OLD.discarded_at IS NOT NULL",
        "作废的草稿留作记录，不可再改（不变量三）",
    ),
    guards.Guard(
        "documents_edition",
        "open",
        ("DELETE",),
        "草稿不可删除，请作废（不变量三）",
        "OLD.closed_at IS NULL AND OLD.discarded_at IS NULL",
    ),
)
_ATTACHED = "封存版本的附件不可增加、更改或取下，请另立新版本（不变量一）"
_NOT_OPEN = "(e.closed_at IS NOT NULL OR e.discarded_at IS NOT NULL)"
_ATTACHMENTS = (
    guards.Guard(
        "documents_attachment",
        "added",
        ("INSERT",),
        _ATTACHED,
        exists=f"SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id AND {_NOT_OPEN}",  # noqa: S608
    ),
    guards.Guard(
        "documents_attachment",
        "changed",
        ("UPDATE",),
        _ATTACHED,
        exists="SELECT 1 FROM documents_edition e "  # noqa: S608
        f"WHERE e.id IN (OLD.edition_id, NEW.edition_id) AND {_NOT_OPEN}",
    ),
)
_KIND = guards.Guard(
    "documents_document",
    "kind",
    ("UPDATE",),
    "已有封存版本的文档不能改变种类，请另建一件（不变量一）",
    exists="SELECT 1 FROM documents_edition e "
    "WHERE e.document_id = NEW.id AND e.closed_at IS NOT NULL AND OLD.kind <> NEW.kind",
)


class DocumentsConfig(AppConfig):
    name = "gongkai.documents"
    verbose_name = "文档"

    def ready(self) -> None:
        guards.declare(*_EDITIONS, *_ATTACHMENTS, _KIND)
        guards.declare(guards.append_only("documents_reassessment"))
        guards.declare(
            *guards.kept(
                "documents_document",
                "documents_blob",
                "documents_attachment",
                "documents_withholding",
            )
        )
