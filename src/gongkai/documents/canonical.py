"""The canonical layout of an edition: the one function that says which bytes are approved.

Everything a reader will see of an edition is in them: attribute, title, text, the fields of its kind,
the columns it appears in, and every attachment by its hash and its names. The key ``format`` tells which layout it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import UUID

from gongkai.documents.kinds import Values
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical

FORMAT = 3
"""1, without this key, had no fields and no attachments; 2 had no columns."""

GONE = "（已彻底删除）"
"""The title of an edition whose bytes were destroyed by law; its hash stays that of what it said."""


@dataclass(frozen=True)
class Attached:
    """One attachment as approved."""

    sha256: str
    size: int
    name: str
    role: str
    label: str

    def plain(self) -> dict[str, Plain]:
        return {
            "sha256": self.sha256,
            "size": self.size,
            "name": self.name,
            "role": self.role,
            "label": self.label,
        }


@dataclass(frozen=True)
class Identity:
    """Which edition of which document the bytes are of."""

    document: UUID
    n: int
    kind: str
    disclosure: str
    disclosure_reason: str = ""


@dataclass(frozen=True)
class Content:
    """What an edition says. *text* is cleaned HTML; *columns* are addresses, the main one first.

    *layout* is that of the bytes it was read from: texts of the first were never cleaned.
    """

    title: str
    text: str
    fields: Values = field(default_factory=dict)
    attachments: Sequence[Attached] = ()
    columns: Sequence[str] = ()
    layout: int = field(default=FORMAT, compare=False)


def edition_bytes(identity: Identity, content: Content) -> bytes:
    """Return the canonical bytes of an edition (RFC 8785)."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "document": str(identity.document),
            "n": identity.n,
            "kind": identity.kind,
            "disclosure": identity.disclosure,
            "disclosure_reason": identity.disclosure_reason,
            "title": content.title,
            "text": content.text,
            "fields": content.fields,
            "columns": list(content.columns),
            "attachments": [attached.plain() for attached in content.attachments],
        }
    )


def gone_bytes(identity: Identity) -> bytes:
    """Return what stands in the place of destroyed bytes."""
    return edition_bytes(replace(identity, disclosure_reason=""), Content(GONE, ""))


def content_of(canonical: bytes) -> Content:
    """Read what an edition says back from its bytes, whichever layout they have."""
    plain = cast("dict[str, Any]", from_canonical(canonical))
    return Content(
        plain["title"],
        plain["text"],
        plain.get("fields", {}),
        tuple(Attached(**one) for one in plain["attachments"]),
        tuple(plain.get("columns", ())),
        plain.get("format", 1),
    )
