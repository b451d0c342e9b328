"""One thing the desk's search found: what a room tells the desk, and nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.agencies.standing import Standing

MOST = 20
"""How many a room offers for one search: who needs more, narrows the room's own list."""


@dataclass(frozen=True)
class Found:
    """*kind* is what it is (申请, 单位报送 …), *note* what tells it from its like, *agency_id* whose it is."""

    kind: str
    title: str
    address: str
    agency_id: int | None = None
    note: str = ""


Search = Callable[[Standing, str], Iterable[Found]]
"""What each room offers in its ``found.py``: one query, and only what *standing* may see."""
