"""How one event is bound to the one before it."""

from __future__ import annotations

from datetime import UTC

from gongkai.audit.models import Event
from gongkai.text.canonical import canonical_bytes, sha256_hex

GENESIS = "0" * 64
"""What the first event of a stream names as its predecessor."""


def link(event: Event) -> str:
    """Return the hash of *event*: SHA-256 over the canonical bytes of its stored fields and *prev*."""
    return sha256_hex(
        canonical_bytes(
            {
                "stream": event.stream,
                "seq": event.seq,
                "kind": event.kind,
                "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor_uid": str(event.actor_uid),
                "actor_name": event.actor_name,
                "subject": event.subject,
                "payload": event.payload_text,
                "prev": event.prev,
            }
        )
    )
