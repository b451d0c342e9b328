"""What other rooms know of a document and its desk page shows: each registers its own part.

The page knows none of them; a room that comes later adds a part without touching it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.agencies.standing import Standing
from gongkai.documents.models import Document


@dataclass(frozen=True)
class Part:
    """A piece of the page: its template, and what that is given as ``part``.

    *first*: it says where the document stands and is read before the text.
    """

    template: str
    values: Mapping[str, object]
    first: bool = False


Tells = Callable[[Document, Standing], Part | None]
"""What a room tells of a document to somebody; None where there is nothing to tell."""

_telling: dict[str, Tells] = {}


def register(name: str, tells: Tells) -> None:
    """Add a part. Raises ``ValueError`` for a name that is taken."""
    if name in _telling:
        raise ValueError(name)
    _telling[name] = tells


def parts(document: Document, standing: Standing) -> list[Part]:
    """Return what the rooms tell of *document*, in the order of their names."""
    told = (_telling[name](document, standing) for name in sorted(_telling))
    return [part for part in told if part]
