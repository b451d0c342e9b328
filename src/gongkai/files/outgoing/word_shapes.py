"""Shapes that lie on Word text, and pictures that were cut only for show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.packages import local
from gongkai.files.word_runs import W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_SHAPES = tuple(_V + name for name in ("rect", "roundrect", "oval", "shape"))
_SIDES = ("l", "t", "r", "b")
_LEAST_CUT = 1_000
"""Thousandths of a percent: one percent of a side, below which a cut is rounding."""


def report_shapes(root: Any, where: Callable[[Any], str], found: Found) -> None:
    """Note filled shapes lying in front of text and pictures that are cut. *where* names a place."""
    for shape in (*_drawn(root), *_drawn_of_old(root)):
        found.add(ConcernKind.COVERED, where(shape), "盖在文字上面的图形")
    report_cut(root, where, found)


def report_cut(root: Any, where: Callable[[Any], str], found: Found) -> None:
    """Note pictures of which only a part is shown."""
    for cut in root.iter(_A + "srcRect"):
        if any(_amount(cut.get(side)) >= _LEAST_CUT for side in _SIDES):
            found.add(ConcernKind.CROPPED, where(cut))


def _amount(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else 0


def _drawn(root: Any) -> Iterator[Any]:
    """Floating shapes with a filling and no text of their own, in front of what they lie on."""
    for anchor in root.iter(_WP + "anchor"):
        in_front = anchor.get("behindDoc", "0") in {"0", "false"}
        if in_front and anchor.find(_WP + "wrapNone") is not None:
            filled = [one for one in anchor.iter(_WPS + "wsp") if _is_filled(one)]
            if filled and not any(_says_something(one) for one in filled):
                yield anchor


def _is_filled(shape: Any) -> bool:
    own = shape.find(f"{_WPS}spPr")
    if own is None or own.find(_A + "noFill") is not None:
        return False
    filling = own.find(_A + "solidFill")
    if filling is None:  # by the theme, unless it says otherwise
        reference = shape.find(f"{_WPS}style/{_A}fillRef")
        return reference is not None and reference.get("idx", "0") != "0"
    return all(_amount(one.get("val")) >= 100_000 for one in filling.iter(_A + "alpha"))


def _says_something(shape: Any) -> bool:
    return any(text.strip() for text in shape.itertext(W + "t"))


def _drawn_of_old(root: Any) -> Iterator[Any]:
    for shape in root.iter(*_SHAPES):
        style = shape.get("style", "").replace(" ", "")
        inside = {local(one) for one in shape.iter()}
        # A text path is a watermark, image data a picture; both are looked through.
        if (
            "position:absolute" in style
            and "z-index:-" not in style
            and shape.get("filled", "t") not in {"f", "false"}
            and not inside & {"textpath", "imagedata"}
            and not _says_something(shape)
            and next(shape.iterancestors(_MC + "Fallback"), None) is None
        ):
            yield shape
