"""Kinds of public pages. A room that knows how a page looks registers it here; this room writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.publication.models import Publication


@dataclass(frozen=True)
class PageKind:
    """One kind of file below the public folder; a *key* names one page of it.

    *path* is relative and fixed by the key. *render* returns the file's bytes, or None when there must be no such
    file. *touched_by* names the pages that publications, or their endings, change. *every* names all that should exist:
    for a rebuild, and to find what is missing. Pages of a lower *turn* are written first. A kind of which there are
    many has *together*, which renders a batch from few queries, in the order of the keys.
    """

    name: str
    path: Callable[[str], str]
    render: Callable[[str], bytes | None]
    touched_by: Callable[[Sequence[Publication]], Iterable[str]]
    every: Callable[[], Iterable[str]]
    turn: int
    together: Callable[[Sequence[str]], Iterable[bytes | None]] | None = None

    def pages(self, keys: Sequence[str]) -> Iterator[bytes | None]:
        """Yield the bytes of *keys*, one after the other, as :attr:`render` makes each."""
        yield from self.together(keys) if self.together else map(self.render, keys)


def untouched(publications: Sequence[Publication]) -> Iterable[str]:
    """What touches a kind of which publications change no page."""
    return ()


OWN = 0
"""The turn of pages that belong to one publication alone: the action itself writes them."""

RenderOwn = Callable[[Sequence[tuple[str, str]]], Iterator[bytes | None]]
"""Renders own pages (kind and key) of whatever kinds, in their order, from one reading."""

_kinds: dict[str, PageKind] = {}
_own_together: list[RenderOwn] = []


def register(kind: PageKind) -> None:
    """Add a kind of page. Raises ``ValueError`` for a name that is taken."""
    if kind.name in _kinds:
        raise ValueError(kind.name)
    _kinds[kind.name] = kind


def kind_of(name: str) -> PageKind | None:
    """Return the kind *name*, or None when this version no longer has it."""
    return _kinds.get(name)


def own() -> list[PageKind]:
    """Return the kinds whose pages are a publication's own: they are there when its action returns."""
    return [kind for kind in registered() if kind.turn == OWN]


def register_own(render: RenderOwn) -> None:
    """Tell how own pages are rendered together: as each by itself, with fewer queries. Publishing waits for them."""
    _own_together[:] = [render]


def render_own(pages: Sequence[tuple[str, str]]) -> Iterator[bytes | None]:
    """Yield the bytes of own *pages*, in their order."""
    return _own_together[0](pages)


def registered() -> list[PageKind]:
    """Return every kind, in the order of its turn."""
    return sorted(_kinds.values(), key=lambda kind: (kind.turn, kind.name))
