"""Concerns as the text that is kept, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from gongkai.files.outgoing.concern import Concern, ConcernKind
from gongkai.text.canonical import canonical_bytes, from_canonical


def as_text(concerns: Iterable[Concern]) -> str:
    """Return the canonical text of *concerns*: where and what, with personal data masked already."""
    rows = [{"kind": one.kind.value, "where": one.where, "words": one.excerpt} for one in concerns]
    return canonical_bytes(rows).decode()


def from_text(text: str) -> tuple[Concern, ...]:
    """Return the concerns :func:`as_text` wrote. A kind that is found no longer reads as not examined."""
    rows = cast("list[dict[str, str]]", from_canonical(text.encode()))
    return tuple(Concern(_kind(row["kind"]), row["where"], row["words"]) for row in rows)


def written_as(kind: ConcernKind) -> str:
    """Return what stands in the text of :func:`as_text` when something of *kind* was found, and never else.

    Words of a file cannot hold it: their quotation marks are escaped.
    """
    return f'"kind":"{kind.value}"'


def _kind(value: str) -> ConcernKind:
    known = value in ConcernKind.__members__.values()
    return ConcernKind(value) if known else ConcernKind.NOT_EXAMINED
