"""Reading the list that was kept with an approval: which days it moved, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from gongkai.rulebook.models import Proposal
from gongkai.text.canonical import from_canonical


@dataclass(frozen=True)
class KeptMove:
    """A last day as it was moved; empty stands for a clock that stood still."""

    kind: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True)
class KeptMoves:
    """What an approval moved, with the hash the log carries."""

    sha256: str
    days: int
    moves: tuple[KeptMove, ...]


def kept_moves(proposal: Proposal) -> KeptMoves | None:
    """Return what was kept with the approval of *proposal*, or None before it."""
    if proposal.moves is None:
        return None
    read = cast("dict[str, Any]", from_canonical(bytes(proposal.moves.body)))
    return KeptMoves(
        proposal.moves.sha256,
        len(read["days"]),
        tuple(
            KeptMove(row["kind"], row["subject"], row["before"] or "", row["after"] or "")
            for row in read["moves"]
        ),
    )
