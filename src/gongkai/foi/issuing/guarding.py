"""What the database itself refuses of letters, enclosures and the words of a request (invariants 1 and 3).

Their sealed values may be sealed anew under another key, or emptied when they are destroyed.
"""

from __future__ import annotations

from gongkai.audit.guards import Guard, kept


def _stays(table: str, what: str, *columns: str) -> Guard:
    changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)
    return Guard(table, "stays", ("UPDATE",), f"{table} {what}（不变量一）", changed)


GUARDS = (
    *kept("foi_requestwords", "foi_issuedletter", "foi_enclosure"),
    _stays(
        "foi_issuedletter",
        "是签发时的文书，不可更改；有误的另发更正的文书",
        *("case_id", "code", "subject_uid", "number", "version", "signed_on", "to_applicant"),
        *("way", "pdf_sha256", "docx_sha256", "events_seen"),
    ),
    Guard(
        "foi_issuedletter",
        "told",
        ("UPDATE",),
        "foi_issuedletter 写明的答复期限是签发时的，不可更改（不变量一）",
        "OLD.due_on <> NEW.due_on OR (OLD.due_on IS NULL) <> (NEW.due_on IS NULL)",
    ),
    _stays(
        "foi_enclosure",
        "是放入时的文件，不可更改；要换的取出后另放",
        *("case_id", "title", "kind", "size", "sha256", "added_on", "added_by_id"),
    ),
    Guard(
        "foi_enclosure",
        "sent",
        ("UPDATE",),
        "foi_enclosure 已随文书签发，不可取出（不变量一）",
        "OLD.letter_id IS NOT NULL AND (NEW.letter_id IS NULL OR NEW.letter_id <> OLD.letter_id)",
    ),
)
