"""What one wording changes of another: blocks taken away and added, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.law.outcomes import OUTCOMES
from gongkai.letters.wording.words import OUTCOME, Block, Words


@dataclass(frozen=True)
class Change:
    """A block that is the same, taken away or added, with when it is printed in words."""

    kind: str
    block: Block
    condition: str


def changes(before: Words, after: Words) -> list[Change]:
    """Return the blocks of both, those taken away before those that take their place."""
    match = SequenceMatcher(None, before.blocks, after.blocks, autojunk=False)
    found: list[Change] = []
    for kind, i, j, k, n in match.get_opcodes():
        if kind == "equal":
            found += _each("same", after.blocks[k:n])
        else:
            found += [*_each("removed", before.blocks[i:j]), *_each("added", after.blocks[k:n])]
    return found


def _each(kind: str, blocks: tuple[Block, ...]) -> Iterator[Change]:
    for block in blocks:
        yield Change(kind, block, condition_of(block))


def condition_of(block: Block) -> str:
    """When *block* is printed, as a clerk reads it; empty for always."""
    if block.when.startswith(OUTCOME):
        code = block.when.removeprefix(OUTCOME)
        return f"结果是“{OUTCOMES[code].title if code in OUTCOMES else code}”时"
    if block.when:
        return f"有“{block.when}”时"
    return f"没有“{block.unless}”时" if block.unless else ""
