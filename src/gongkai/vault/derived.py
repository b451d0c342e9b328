"""What else is made under a key: digests that stand in tables of their own, made anew once the values are.

A room declares it in its ``sealed.py``; a change of keys ends with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str], None]


@dataclass(frozen=True)
class Derived:
    """*renew* makes everything that is not of the current key anew, in steps of which each is whole.

    It tells how far it is, returns how many it made, and may be run again after a kill.
    """

    title: str
    renew: Callable[[Say], int]


_declared: dict[str, Derived] = {}


def declare(title: str, renew: Callable[[Say], int]) -> None:
    """Have *renew* called when keys change, after every sealed value was sealed again."""
    _declared[title] = Derived(title, renew)


def declared() -> tuple[Derived, ...]:
    """Return everything that is derived, in the order of its titles."""
    return tuple(_declared[title] for title in sorted(_declared))
