"""The blocks of a wording as text in a row: canonical, so that equal wording is equal text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gongkai.letters.wording.words import Block
from gongkai.text.canonical import Plain, canonical_bytes


def written(blocks: Sequence[Block]) -> str:
    """Return *blocks* as they are stored."""
    rows: list[Plain] = [
        {"part": b.part.value, "text": b.text, "when": b.when, "unless": b.unless} for b in blocks
    ]
    return canonical_bytes(rows).decode()


def read(text: str) -> tuple[Block, ...]:
    """Return the blocks of a stored text."""
    return msgspec.json.decode(text, type=tuple[Block, ...])
