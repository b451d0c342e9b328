"""Any HTML, typed or pasted, becomes the clean fragment that is stored, sealed, searched and printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gongkai.text.body.building import build
from gongkai.text.body.guard import BodyRefused, refuse_hostile
from gongkai.text.body.losses import Loss, by_element, sentences
from gongkai.text.body.model import Body
from gongkai.text.body.styles import sheet_of
from gongkai.text.body.survey import dropped_elements, strictly, tokens
from gongkai.text.body.writing import written

__all__ = ["BodyRefused", "Cleaned", "body_of", "clean"]


@dataclass(frozen=True)
class Cleaned:
    """A clean fragment, and what did not come in: a sentence for each kind of thing."""

    html: str
    lost: tuple[str, ...] = ()


def clean(html: str) -> Cleaned:
    """Return *html* with nothing but headings, paragraphs, lists, tables, quotations, links and the
    item's own images, written in one way, so that cleaning twice changes nothing.

    Raises :class:`BodyRefused` for a text no document has: too long, or nested beyond reason.
    """
    refuse_hostile(html)
    body, losses = _built(html)
    result = written(body)
    # nh3 has the last word; on what the builder writes it has nothing to say.
    if strictly(result) != result:
        body, _ = _built(strictly(result))
        result = strictly(written(body))
    return Cleaned(result, sentences(losses + by_element(dropped_elements(html))))


def body_of(html: str) -> Body:
    """Return the blocks of a fragment. Raises :class:`BodyRefused` as :func:`clean` does."""
    refuse_hostile(html)
    return _built(html)[0]


def _built(html: str) -> tuple[Body, Counter[Loss]]:
    return build(tokens(html), sheet_of(html))
