"""Why the content of a cell is not seen: colours of letters and ground, number formats that print nothing."""

from __future__ import annotations

import re
from typing import Any

from gongkai.files.outgoing.colours import Colour, near, of_hex, tinted
from gongkai.files.package import Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TINY = 3.0
"""Points."""
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_INDEXED: dict[int, Colour] = {
    **{base + n: colour for base in (0, 8) for n, colour in enumerate((
        (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255),
    ))},
    64: _BLACK, 65: _WHITE,
}  # fmt: skip
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)))
_NOTHING = re.compile(r"\s*;\s*;\s*;?\s*@?\s*")


class CellLooks:
    """The styles of a workbook, asked by the number a cell names."""

    def __init__(self, package: Package, main: str) -> None:
        self._theme = _theme(package.xml(package.related(main, "theme")))
        root = package.xml(package.related(main, "styles"))
        self._not_light: set[str] = set()
        self._unseen = {} if root is None else self._read(root)

    def unseen(self, style: str | None) -> str:
        """Return why what has *style* is not seen; an empty text for what is."""
        return self._unseen.get(style or "0", "")

    def is_light(self, style: str | None) -> bool:
        """Whether the ground of what has *style* is white, so that white letters are not seen."""
        return (style or "0") not in self._not_light

    def colour(self, element: Any | None) -> Colour | None:
        """Return the colour a `color` element names, None for automatic."""
        if element is None:
            return None
        found = of_hex(element.get("rgb", ""))
        if found is None and (indexed := element.get("indexed", "")).isdigit():
            found = _INDEXED.get(int(indexed))
        if found is None and (theme := element.get("theme", "")).isdigit():
            found = self._theme.get(int(theme))
        return None if found is None else tinted(found, _number(element.get("tint")))

    def _read(self, root: Any) -> dict[str, str]:
        formats = {
            one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(S + "numFmt")
        }
        fonts = root.findall(f"{S}fonts/{S}font")
        fills = root.findall(f"{S}fills/{S}fill")
        found = {}
        for n, cell in enumerate(root.findall(f"{S}cellXfs/{S}xf")):
            font = _at(fonts, cell.get("fontId"))
            fill = _at(fills, cell.get("fillId"))
            code = formats.get(cell.get("numFmtId"), "").replace('""', "")
            ground = self._ground(fill)
            if ground is None or not near(ground, _WHITE):
                self._not_light.add(str(n))
            if why := self._why(font, ground, code):
                found[str(n)] = why
        return found

    def _why(self, font: Any | None, ground: Colour | None, code: str) -> str:
        if code.count(";") > 1 and _NOTHING.fullmatch(code):
            return "数字格式不显示"
        if font is None:
            return ""
        size = font.find(S + "sz")
        if size is not None and 0 < _number(size.get("val")) <= _TINY:
            return "字号极小"
        letters = self.colour(font.find(S + "color"))
        if ground is not None and near(letters or _BLACK, ground):
            return "文字与底色相同"
        return ""

    def _ground(self, fill: Any | None) -> Colour | None:
        """Return the colour of a filling; None for patterns and gradients, which are not looked at."""
        pattern = None if fill is None else fill.find(S + "patternFill")
        if pattern is None:
            return _WHITE if fill is None or not len(fill) else None
        kind = pattern.get("patternType", "none")
        if kind == "solid":
            return self.colour(pattern.find(S + "fgColor")) or _BLACK
        return _WHITE if kind == "none" else None


def _at(elements: list[Any], number: str | None) -> Any | None:
    place = int(number) if number and number.isdigit() and len(number) < 9 else 0
    return elements[place] if place < len(elements) else None


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _theme(root: Any | None) -> dict[int, Colour]:
    scheme = None if root is None else next(root.iter(_A + "clrScheme"), None)
    if scheme is None:
        return {0: _WHITE, 1: _BLACK}
    found: dict[int, Colour] = {}
    for n, name in enumerate(_THEME_ORDER):
        one = scheme.find(f"{_A}{name}")
        inner = None if one is None or not len(one) else one[0]
        colour = None if inner is None else of_hex(inner.get("lastClr") or inner.get("val") or "")
        if colour is not None:
            found[n] = colour
    return found
