from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards
from gongkai.documents.canonical import GONE

_CLOSED = "封存的版本不可更改或删除，请另立新版本（不变量一）"
_DISCARDED = "作废的草稿留作记录，不可再改（不变量三）"
# Destroyed by law: the words go, identity and hash stay. The room of publication asks who allowed it.
_DESTROYED = (
    f"(NEW.title = '{GONE}' AND NEW.sha256 = OLD.sha256 AND NEW.n = OLD.n"
    " AND NEW.document_id = OLD.document_id AND NEW.author_person_id = OLD.author_person_id)"
)
_EDITIONS = (
    *(
        guards.Guard(
            "documents_edition",
            name,
            ("UPDATE",),
            said,
            f"OLD.{name}_at IS NOT NULL AND NOT ({_DESTROYED} AND NEW.{name}_at = OLD.{name}_at)",
        )
        for name, said in (("closed", _CLOSED), ("discarded", _DISCARDED))
    ),
    *(
        guards.Guard(
            "documents_edition", f"{name}_kept", ("DELETE",), said, f"OLD.{name}_at IS NOT NULL"
        )
        for name, said in (("closed", _CLOSED), ("discarded", _DISCARDED))
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
        f"WHERE e.id IN (OLD.edition_id, NEW.edition_id) AND {_NOT_OPEN}"
        f" AND NOT (e.title = '{GONE}' AND NEW.edition_id = OLD.edition_id"
        " AND NEW.blob_id = OLD.blob_id AND NEW.label = '')",
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
        from gongkai.documents.holding import Holder, register_holder  # noqa: PLC0415  # models are there now
        from gongkai.documents.models import Attachment  # noqa: PLC0415  # 〃

        register_holder(Holder(Attachment, "blob", "edition"))
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
