"""Who follows what happens: rooms above ask to be told of kinds of events (how a rename reaches the pages)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Follower = Callable[[str, str], None]
"""Told the kind of an event and its subject, in the transaction of the change it tells of."""

_followers: dict[str, list[Follower]] = {}


def follow(kinds: Iterable[str], follower: Follower) -> None:
    """Have *follower* told of every event of *kinds*. Twice is once."""
    for kind in kinds:
        told = _followers.setdefault(kind, [])
        if follower not in told:
            told.append(follower)


def tell(kind: str, subject: str) -> None:
    """Tell the followers of *kind*, before the head of the chain is held."""
    for follower in _followers.get(kind, ()):
        follower(kind, subject)
