"""Two years printed side by side: each line holds the same label twice. Only the left one is read."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterator

from gongkai.annualreport.wording import fold

# One or two lines look alike on both sides by chance (a header of three equal blocks); a table does so
# on most of its lines.
_FEWEST_LINES = 6
_GAP = re.compile(r"[ \t]{2,}")
_FIGURE = re.compile(r"[-+]?\d[\d,.]*")
_MARGIN = 8
_YEARS = re.compile(r"(20\d\d)\s*年\s+(?:20\d\d)\s*年")
_BLOCK = re.compile(r"\s*(20\d\d)\s*年(?:度)?报告\s*")
_BLOCK_END = re.compile(r"差异|^\s*[一二三四五六]、")


def left_half(text: str) -> str | None:
    """Return the left of two reports printed side by side, or None when there is only one."""
    lines = text.splitlines()
    cuts = {place: cut for place, line in enumerate(lines) if (cut := _middle(line)) is not None}
    labelled = [place for place, cut in cuts.items() if len(_label(lines[place][:cut])) > 1]
    if len(labelled) < _FEWEST_LINES:
        return None
    middle = statistics.median(_columns(lines[place][: cuts[place]]) for place in labelled)
    halved = "\n".join(
        line[: cuts[place]].rstrip() if place in cuts else _left_of(line, middle)
        for place, line in enumerate(lines)
    )
    return _own_blocks(halved)


def _middle(line: str) -> int | None:
    """Return where a line repeats itself: the same wording and as many figures on both sides."""
    for cut in _gaps(line):
        left, right = line[:cut], line[cut:]
        same = _label(left) == _label(right) and _figures(left) == _figures(right)
        if same and (_label(left) or _figures(left) > 1):
            return cut
    return None


def _gaps(line: str) -> Iterator[int]:
    inside = line.strip()
    start = line.find(inside)
    return (start + gap.end() for gap in _GAP.finditer(inside))


def _label(part: str) -> str:
    return fold(_FIGURE.sub("", re.sub(r"(?<!\d)[1-8]\.", "", part)))


def _figures(part: str) -> int:
    return len(_FIGURE.findall(re.sub(r"(?<!\d)[1-8]\.(?!\d)", "", part)))


def _left_of(line: str, middle: float) -> str:
    """A line that has something on one side only, or is wrapped differently on the two sides."""
    indent = _columns(line[: len(line) - len(line.lstrip())])
    if indent >= middle - _MARGIN:
        return ""
    cuts = [cut for cut in _gaps(line) if abs(_columns(line[:cut]) - middle) <= _MARGIN]
    worded = [cut for cut in cuts if _label(line[cut:])]
    nearest = min(worded, key=lambda cut: abs(_columns(line[:cut]) - middle), default=len(line))
    return line[:nearest].rstrip()


def _own_blocks(text: str) -> str:
    """Drop the parts set one below the other under “2024 年报告” that are not of the left year."""
    years = _YEARS.search(text)
    if years is None:
        return text
    kept: list[str] = []
    other = False
    for line in text.splitlines():
        block = _BLOCK.fullmatch(line)
        if block:
            other = block[1] != years[1]
        elif _BLOCK_END.search(line):
            other = False
        if not other:
            kept.append(line)
    return "\n".join(kept)


def _columns(text: str) -> int:
    """The width of `text` on paper, where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
