"""What the database itself refuses of service, whoever asks: a recorded result is evidence."""

from __future__ import annotations

from gongkai.audit.guards import immutable_when, kept

GUARDS = (
    immutable_when(
        "foi_serviceattempt",
        "settled",
        "OLD.result <> 'waiting'",
        "已登记结果的送达不能更改：没有送到的，另行送达一次（国办公开办函〔2016〕235号）",
    ),
    *kept("foi_serviceattempt", "foi_servicepaper"),
)
