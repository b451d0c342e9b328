"""What the database itself refuses of drafts and signatures, whoever asks (invariants 1 and 2)."""

from __future__ import annotations

from gongkai.audit.guards import Guard, append_only, kept

_OTHER_DRAFT = (
    "SELECT 1 FROM foi_replydraft d WHERE d.id = NEW.draft_id"
    " AND (d.sha256 <> NEW.sha256 OR d.drafted_by_id <> NEW.drafter_id OR d.state <> 'open')"
)
_UNSIGNED = (
    "SELECT 1 FROM foi_replydraft d WHERE d.id = NEW.id AND NEW.state = 'signed' AND NOT EXISTS"
    " (SELECT 1 FROM foi_signature s WHERE s.draft_id = d.id AND s.kind = 'head'"
    " AND s.sha256 = d.sha256)"
)

GUARDS = (
    append_only("foi_signature"),
    *kept(
        *("foi_consultation", "foi_correctionnotice", "foi_extensionproposal"),
        *("foi_reasondemand", "foi_assignment", "foi_replydraft"),
        "foi_returnedfile",
    ),
    Guard(
        "foi_returnedfile",
        "stays",
        ("UPDATE",),
        "foi_returnedfile 是交回时的文件，不可更改；要换的请另外交回",
        "OLD.assignment_id <> NEW.assignment_id OR OLD.title <> NEW.title OR OLD.kind <> NEW.kind"
        " OR OLD.size <> NEW.size OR OLD.sha256 <> NEW.sha256",
    ),
    Guard(
        "foi_replydraft",
        "ended",
        ("UPDATE",),
        "已签发、撤回或退回的拟稿不可更改，请另拟一稿（不变量一）",
        "OLD.state <> 'open'",
    ),
    Guard(
        "foi_signature",
        "same_bytes",
        ("INSERT",),
        "签署必须针对正在送签的拟稿的内容和拟稿人（不变量一、二）",
        exists=_OTHER_DRAFT,
    ),
    Guard(
        "foi_replydraft",
        "head_signed",
        ("INSERT", "UPDATE"),
        "没有负责人对同一内容的签署，不能记为已签发（不变量一）",
        exists=_UNSIGNED,
    ),
)
