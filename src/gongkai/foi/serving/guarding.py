"""What the database itself refuses of service, whoever asks: a recorded result is evidence."""

from __future__ import annotations

from gongkai.audit.guards import Guard, immutable_when, kept

GUARDS = (
    immutable_when(
        "foi_serviceattempt",
        "settled",
        "OLD.result <> 'waiting'",
        "已登记结果的送达不能更改：没有送到的，另行送达一次（国办公开办函〔2016〕235号）",
    ),
    Guard(
        "foi_serviceattempt",
        "carried",
        ("UPDATE",),
        "foi_serviceattempt 送的是发出时的那一份文书，不可改成另一份（不变量一）",
        "OLD.letter_sha256 <> NEW.letter_sha256 OR COALESCE(OLD.letter_id, 0) <> COALESCE(NEW.letter_id, 0)"
        " OR COALESCE(OLD.asked_id, 0) <> COALESCE(NEW.asked_id, 0)",
    ),
    *kept("foi_serviceattempt", "foi_servicepaper"),
)
