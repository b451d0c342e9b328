"""Pages that change with the calendar alone: a name that begins today, what "now" means on a page."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publication.pages.kinds import PageKind, registered

_dated: set[str] = set()


def register_dated(*names: str) -> None:
    """Have every page of the kinds *names* written anew when a day begins."""
    _dated.update(names)


def of_the_day() -> Iterator[tuple[PageKind, str]]:
    """Yield every page that a new day may change."""
    for kind in registered():
        if kind.name in _dated:
            yield from ((kind, key) for key in kind.every())
