"""What surrounds every page: how it is told that it has changed, and in what order its pages are written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.publication.pages.kinds import PageKind, kind_of

Keys = Callable[[], Iterator[tuple[str, str]]]

_known: list[tuple[Callable[[], str], Keys]] = []


def register_chrome(fingerprint: Callable[[], str], pages: Keys) -> None:
    """Tell how the frame is known by its *fingerprint*, and which *pages* (kind, key) bear it, the most read first."""
    _known.append((fingerprint, pages))


def fingerprint() -> str:
    """Return what the frame is known by now, or nothing where nobody told how."""
    return "-".join(one() for one, _ in _known)


def framed() -> Iterator[tuple[PageKind, str]]:
    """Yield every page that bears the frame, the most read first."""
    for _, pages in _known:
        for name, key in pages():
            kind = kind_of(name)
            if kind:
                yield kind, key
