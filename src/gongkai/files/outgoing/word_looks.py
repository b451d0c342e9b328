"""How a piece of Word text looks, as far as it decides whether a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.files.outgoing.colours import Colour, near, of_hex
from gongkai.files.outgoing.concern import ConcernKind
from gongkai.files.word_runs import W, is_on, number, value

_TINY = 6
"""Half points: three points, below which print is a line."""
_HIGHLIGHTS: Mapping[str, Colour] = {
    "black": (0, 0, 0), "white": (255, 255, 255), "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
    "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0),
}  # fmt: skip
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_ASKED = ("vanish", "specVanish", "color", "highlight", "shd", "sz")
_BOX = W + "txbxContent"

Look = Mapping[str, Any]
"""The properties that are asked for, by name, as their elements."""


class Looks:
    """Knows the styles of a file; tells of a run why it is not seen, if so."""

    def __init__(self, styles: Any | None) -> None:
        found = [] if styles is None else list(styles.iter(W + "style"))
        self._styles = {one.get(W + "styleId"): one for one in found}
        default = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = _look(default)
        self._known: dict[str | None, Look] = {None: {}}

    def unseen(self, run: Any, paragraph: Any) -> ConcernKind | None:
        """Return what is wrong with the text of *run*, None for text that is seen."""
        properties = run.find(W + "rPr")
        style = None if properties is None else value(properties.find(W + "rStyle"))
        of_paragraph = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        look = {**self._default, **self._of_style(of_paragraph), **self._of_style(style)}
        look |= _look(properties)
        if not look:
            return None
        if any(is_on(look.get(name)) for name in ("vanish", "specVanish")):
            return ConcernKind.UNSEEN_TEXT
        if number(look.get("sz"), _TINY + 1) <= _TINY:
            return ConcernKind.UNSEEN_TEXT
        return _by_colour(look, run)

    def _of_style(self, name: str | None, depth: int = 0) -> Look:
        if name not in self._known:
            self._known[name] = {}  # a style that stands on itself ends here
            element = self._styles.get(name)
            if element is not None and depth < 20:
                above = self._of_style(value(element.find(W + "basedOn")), depth + 1)
                self._known[name] = {**above, **_look(element.find(W + "rPr"))}
        return self._known[name]


def _look(properties: Any | None) -> Look:
    if properties is None or not len(properties):
        return {}
    found = ((name, properties.find(W + name)) for name in _ASKED)
    return {name: element for name, element in found if element is not None}


def _by_colour(look: Look, run: Any) -> ConcernKind | None:
    if not look.keys() & {"color", "highlight", "shd"}:
        return None
    behind, marked = _behind(look, run)
    colour = of_hex(value(look.get("color")) or "")
    if colour is None:
        # Automatic text turns white on dark shading; under a dark marker it stays black.
        hidden = marked and behind is not None and near(_BLACK, behind)
        return ConcernKind.COVERED if hidden else None
    if behind is None or not near(colour, behind):
        return None
    return ConcernKind.UNSEEN_TEXT if near(behind, _WHITE) else ConcernKind.COVERED


def _behind(look: Look, run: Any) -> tuple[Colour | None, bool]:
    """Return the colour behind a run and whether it is a marker's; None inside a shape, whose filling is not known."""
    marker = _HIGHLIGHTS.get(value(look.get("highlight")) or "")
    if marker is not None:
        return marker, True
    for shade in _shades(look, run):
        fill = of_hex(shade.get(W + "fill") or "")
        if fill is not None:
            return fill, False
    in_a_box = next(run.iterancestors(_BOX), None) is not None
    return (None if in_a_box else _WHITE), False


def _shades(look: Look, run: Any) -> Iterator[Any]:
    """Shadings from the run outward: run, paragraph, cell, table."""
    if "shd" in look:
        yield look["shd"]
    for above in run.iterancestors(W + "p", W + "tc", W + "tbl", _BOX):
        if above.tag == _BOX:
            return
        shade = above.find(f"{above.tag}Pr/{W}shd")
        if shade is not None:
            yield shade
