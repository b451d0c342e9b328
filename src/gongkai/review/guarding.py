"""What the database itself refuses, whoever asks: shells, imports and administrators included.

The guards are SQL over NEW and OLD, the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from gongkai.audit.guards import Guard, append_only, immutable_when, kept
from gongkai.review.models.chains import StageKind

ALWAYS = (StageKind.SECRECY, StageKind.FIRST, StageKind.SECOND, StageKind.FINAL)
"""No chain goes without these: 三审 (网站信息发布审核的通行要求) and 保密审查 (条例第十七条)."""

_APPROVED = (
    "SELECT 1 FROM review_verdict v WHERE v.edition_id = NEW.edition_id"
    " AND v.edition_sha256 = NEW.sha256 AND v.approved_stage = "
)
_NOT_COMPLETE = " UNION ALL ".join(
    [
        "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id AND"
        " (e.sha256 <> NEW.sha256 OR e.closed_at IS NULL)",
        "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id AND NOT EXISTS"
        " (SELECT 1 FROM review_submission s WHERE s.edition_id = e.id AND s.state = 'open')",
        "SELECT 1 FROM review_submission s JOIN review_stage t ON t.chain_id = s.chain_id"  # noqa: S608  # constants of ours
        f" WHERE s.edition_id = NEW.edition_id AND NOT EXISTS ({_APPROVED} t.kind)",
        *(
            "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id"  # noqa: S608  # 〃
            f" AND NOT EXISTS ({_APPROVED} '{kind.value}')"
            for kind in ALWAYS
        ),
    ]
)
_OTHER_BYTES = (
    "SELECT 1 FROM documents_edition e JOIN review_submission s ON s.id = NEW.submission_id"
    " WHERE e.id = NEW.edition_id AND (e.sha256 <> NEW.edition_sha256"
    " OR e.author_person_id <> NEW.author_person_id OR e.closed_at IS NULL"
    " OR s.edition_id <> NEW.edition_id OR s.state <> 'open')"
)
_OTHER_DOCUMENT = (
    "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id"
    " AND (e.document_id <> NEW.document_id OR e.closed_at IS NULL)"
)
_BY_THE_AUTHOR = (
    "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id"
    " AND e.author_person_id = NEW.approver_id"
)
_UNSEALED = (
    "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id AND NEW.state = 'sealed'"
    " AND NOT EXISTS (SELECT 1 FROM review_seal z WHERE z.edition_id = e.id)"
)

GUARDS = (
    append_only("review_seal"),
    append_only("review_waiver"),
    append_only("review_verdict"),
    append_only("review_chain"),
    append_only("review_stage"),
    append_only("review_lending"),
    append_only("review_loan"),
    *kept("review_submission"),
    immutable_when(
        "review_submission",
        "ended",
        "OLD.state <> 'open'",
        "已办结的送审不可更改，请另立新版本重新送审（不变量一）",
    ),
    Guard(
        "review_submission",
        "own_edition",
        ("INSERT", "UPDATE"),
        "送审的必须是这份文档已封存的版本（不变量一）",
        exists=_OTHER_DOCUMENT,
    ),
    Guard(
        "review_submission",
        "sealed",
        ("INSERT", "UPDATE"),
        "没有签封的送审不能记为已签封（不变量一）",
        exists=_UNSEALED,
    ),
    Guard(
        "review_verdict",
        "same_bytes",
        ("INSERT",),
        "审核意见必须针对正在送审的版本的字节和作者（不变量一）",
        exists=_OTHER_BYTES,
    ),
    Guard(
        "review_seal",
        "complete",
        ("INSERT",),
        "没有对同一字节的全部审核通过意见，不能签封（不变量一）",
        exists=_NOT_COMPLETE,
    ),
    Guard(
        "review_waiver",
        "by_another",
        ("INSERT",),
        "作者本人不能批准免审（不变量二）",
        exists=_BY_THE_AUTHOR,
    ),
)
