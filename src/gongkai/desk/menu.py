"""The sections of the desk, in the order they are shown, each with whom it is shown to.

Hiding an entry protects nothing: the view behind it asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.agencies.standing import Standing


@dataclass(frozen=True)
class Entry:
    """A section: its title, the name of its address, and who finds it in the menu."""

    title: str
    url_name: str
    shown_to: Callable[[Standing], bool]


def everybody(standing: Standing) -> bool:
    return True


MENU: tuple[Entry, ...] = (Entry("待办", "desk-home", everybody),)


def menu_of(standing: Standing) -> list[Entry]:
    """Return the entries *standing* finds in the menu."""
    return [entry for entry in MENU if entry.shown_to(standing)]
