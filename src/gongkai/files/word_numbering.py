"""The numbers Word prints before paragraphs: 一、 and （一） stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.files.word_runs import W, number, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_DEEPEST = 20
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def chinese_count(count: int) -> str:
    """Return 1…9999 as read aloud: 10 十, 12 十二, 20 二十, 105 一百零五."""
    if not 0 < count < 10_000:
        return str(count)
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, unit)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + sign
        gap = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _roman(count: int) -> str:
    text = ""
    for size, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix")):
        text, count = text + sign * (count // size), count % size
    for size, sign in ((5, "v"), (4, "iv"), (1, "i")):
        text, count = text + sign * (count // size), count % size
    return text


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 0 < count <= 20 else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand"), chinese_count),
    **dict.fromkeys(("japaneseCounting", "taiwaneseCountingThousand"), chinese_count),
    **dict.fromkeys(("taiwaneseCounting", "ideographLegalTraditional"), chinese_count),
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: "".join(chr(0xFF10 + int(digit)) for digit in str(count)),
    **dict.fromkeys(("lowerLetter",), _letters),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "bullet": lambda count: "",
    "none": lambda count: "",
}


@dataclass(frozen=True)
class _Level:
    """One level of a list: how its number is written and where it starts."""

    format: str
    text: str
    start: int


class Styles:
    """Named styles: what a paragraph's style says about numbering, and which are a contents list."""

    def __init__(self, root: Any | None) -> None:
        found = () if root is None else root.iter(W + "style")
        self._styles = {style.get(W + "styleId"): style for style in found}

    def numbering(self, name: str | None) -> Any | None:
        """Return the `w:numPr` that applies through a style or the ones it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return None
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
            name = value(style.find(W + "basedOn"))
        return None

    def is_contents(self, name: str | None) -> bool:
        """Tell whether a paragraph of this style is a line of a table of contents."""
        style = self._styles.get(name)
        shown = "" if style is None else value(style.find(W + "name")) or ""
        return re.fullmatch(r"toc \d", shown.lower()) is not None


class Numbering:
    """Counts through the lists of a document, paragraph by paragraph in reading order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def prefix(self, paragraph: Any, style: str | None) -> str:
        """Count this paragraph and return the number it prints, "" when it has none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        inherited = self._styles.numbering(style)
        name = self._list_of(properties) or self._list_of(inherited)
        depth = self._depth(properties, inherited)
        level = self._levels.get(self._lists.get(name or "", ""), {}).get(depth)
        if name is None or level is None:
            return ""
        counts = self._advance(name, depth, level)
        return _PLACEHOLDER.sub(lambda found: self._written(name, counts, found), level.text)

    def _load(self, root: Any) -> None:
        for one in root.iter(W + "abstractNum"):
            levels = {number_of(level): _level(level) for level in one.iter(W + "lvl")}
            self._levels[one.get(W + "abstractNumId")] = levels
        for one in root.iter(W + "num"):
            name = one.get(W + "numId")
            self._lists[name] = value(one.find(W + "abstractNumId")) or ""
            self._restarts[name] = {
                number_of(level): number(level.find(W + "startOverride"), 1)
                for level in one.iter(W + "lvlOverride")
                if level.find(W + "startOverride") is not None
            }

    @staticmethod
    def _list_of(properties: Any | None) -> str | None:
        return None if properties is None else value(properties.find(W + "numId"))

    @staticmethod
    def _depth(properties: Any | None, inherited: Any | None) -> int:
        for one in (properties, inherited):
            if one is not None and one.find(W + "ilvl") is not None:
                return number(one.find(W + "ilvl"), 0)
        return 0

    def _advance(self, name: str, depth: int, level: _Level) -> dict[int, int]:
        """Lists of one definition go on counting together, until one says where it starts anew."""
        counts = self._counts.setdefault(self._lists[name], {})
        start = self._restarts.get(name, {}).pop(depth, None)
        if start is not None:
            counts[depth] = start
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return counts

    def _written(self, name: str, counts: dict[int, int], found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        level = self._levels[self._lists[name]].get(depth)
        if level is None:
            return ""
        return _FORMATS.get(level.format, str)(counts.get(depth, level.start))


def number_of(level: Any) -> int:
    """Return which level a `w:lvl` or `w:lvlOverride` describes."""
    text = level.get(W + "ilvl", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _level(element: Any) -> _Level:
    style = value(element.find(W + "numFmt")) or "decimal"
    text = value(element.find(W + "lvlText")) or ""
    return _Level(style, "" if style == "bullet" else text, number(element.find(W + "start"), 1))
