"""A county's own wording, proposed and approved by 初审李 and 终审赵."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gongkai.audit import clock
from gongkai.letters.actions import approve_wording, propose_wording
from gongkai.letters.models import Wording
from gongkai.letters.wording.packaged import packaged
from gongkai.letters.wording.words import Block, Part
from gongkai.people.models import Person

NOTE = "按本县法律顾问意见改"
OWN = "本县另行说明：{理由}"


def own_blocks(code: str) -> list[Block]:
    """The packaged wording with a sentence of the county's own before what stands at its foot."""
    blocks = list(packaged(code).blocks)
    at = next(n for n, block in enumerate(blocks) if block.part is Part.CONTACT)
    return [*blocks[:at], Block(Part.PARAGRAPH, OWN, when="理由"), *blocks[at:]]


def propose_again(
    code: str, *, by: Person, since: date | None = None, blocks: Sequence[Block] | None = None
) -> Wording:
    """Propose a wording that differs from the packaged one, from today on unless told otherwise."""
    return propose_wording(
        code,
        own_blocks(code) if blocks is None else blocks,
        since=since or clock.today(),
        note=NOTE,
        by=by,
    )


def put_wording(code: str, *, by: Person, approver: Person, since: date | None = None) -> Wording:
    """Propose one and approve it."""
    return approve_wording(propose_again(code, by=by, since=since), by=approver)


def changed(blocks: Sequence[Block], n: int, **change: object) -> list[Block]:
    """*blocks* with one of them otherwise."""
    return [replace(b, **change) if i == n else b for i, b in enumerate(blocks)]  # type: ignore[arg-type]
