"""Pages that change with the calendar alone: a name that begins today, what "now" means on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from gongkai.audit import clock
from gongkai.publication.pages.kinds import PageKind, registered

Due = Iterable[tuple[PageKind, str]]
_dated: set[str] = set()
_beginnings: list[Callable[[date], Due]] = []


def register_dated(*names: str) -> None:
    """Have every page of the kinds *names* written anew when a day begins."""
    _dated.update(names)


def register_beginning(source: Callable[[date], Due]) -> None:
    """Have *source* say which other pages change on a day because something registered ahead begins then."""
    _beginnings.append(source)


def of_the_day() -> Iterator[tuple[PageKind, str]]:
    """Yield every page that a new day may change."""
    for kind in registered():
        if kind.name in _dated:
            yield from ((kind, key) for key in kind.every())
    for source in _beginnings:
        yield from source(clock.today())
