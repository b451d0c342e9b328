"""The frame of all pages as one value, and the pages that bear it, the most read first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gongkai.portal.filed.frame import page
from gongkai.publication.listings import ALL
from gongkai.publication.models import Listed
from gongkai.publication.pages.kinds import registered
from gongkai.text.canonical import sha256_hex

_TEMPLATES = Path(__file__).parent.parent / "templates" / "portal"
_FIRST = ("home", "organs", "reports", "apply", "list", "organ", "report", "item", "archive")
"""The order of the kinds: what most people open, and what most pages link to, before the rest."""
_NO_FRAME = frozenset({"twin", "file", "seal"})


def fingerprint() -> str:
    """Return the hash of an empty page and of the templates: another name, foot, program, another value."""
    return sha256_hex(page("portal/blank.html", "/", {}, meta=()) + _templates())


def framed_pages() -> Iterator[tuple[str, str]]:
    """Yield (kind, key) of every page with a frame, items from the newest to the oldest."""
    html = [kind for kind in registered() if kind.name not in _NO_FRAME]
    for kind in sorted(html, key=lambda kind: _place(kind.name)):
        keys = list(kind.every())
        if keys and kind.path(keys[0]).endswith(".html"):
            yield from (
                (kind.name, key) for key in (_newest(keys) if kind.name == "item" else keys)
            )


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _newest(keys: list[str]) -> list[str]:
    """Order items by their places in the list of everything; those that stand in none come last."""
    places = Listed.objects.filter(listing=ALL).values_list("document__url_key", "ordinal")
    at = dict(places.iterator(chunk_size=5_000))
    return sorted(keys, key=lambda key: -at.get(key.partition("/")[2], 0))


@cache
def _templates() -> bytes:
    """Read once: templates change with the program, and the program is started anew then."""
    return b"".join(path.read_bytes() for path in sorted(_TEMPLATES.glob("*.html")))
