"""What the readers of files share: joining broken text, and rows that are really paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from gongkai.annualreport.format import all_formats
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.wording import fold, fold_unnumbered

# The longest label of a form, the note over table 3, has 39 signs; a cell beyond this is prose.
LONG_TEXT = 100
_NUMBERED = re.compile(r"[一二三四五六七八九十][、.．]?\s*\S.{1,28}")
_TITLE = re.compile(r"\S{2,40}政府信息公开(工作)?(年度)?(工作)?报告[（(]?\S{0,8}")
_CAPTION = re.compile(r"第[一二三四五六七八九十]{1,3}条")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
# Programs that make PDF files write the radical where the letter looks the same.
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
) | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text: str) -> str:
    """Return `text` on one line: runs of blanks become one, invisible signs go."""
    return " ".join(text.translate(_INVISIBLE).split())


def letters(text: str) -> str:
    """Return `text` with the letters meant, where signs of the blocks of radicals stand."""
    return text.translate(_RADICALS)


def joined(parts: Iterable[str]) -> str:
    """Return pieces of one text that print had broken; only Latin letters and digits need a blank."""
    text = ""
    for part in parts:
        gap = " " if _is_latin(text[-1:]) and _is_latin(part[:1]) else ""
        text += gap + part
    return text


def without_gaps(text: str) -> str:
    """Return `text` without blanks beside a Chinese character, which only stretch a line."""
    plain = _BLANKS.sub(" ", text).strip()
    signs = [
        sign
        for place, sign in enumerate(plain)
        if sign != " " or (_is_latin(plain[place - 1]) and _is_latin(plain[place + 1]))
    ]
    return "".join(signs)


def _is_latin(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) not in "WF" and sign not in "“”‘’—…·"


def paragraph(text: str) -> Line:
    """Return one paragraph."""
    return Line((text,), table=False)


def is_heading(text: str) -> bool:
    """Tell whether a row's only text is the title or a level-one heading rather than a row label."""
    plain = tidy(text)
    if _TITLE.fullmatch(plain.replace(" ", "")):
        return True
    return bool(_NUMBERED.fullmatch(plain)) and not _is_label(plain)


def _is_label(text: str) -> bool:
    return bool(_CAPTION.match(text)) or fold(text) in _labels()


@lru_cache
def _labels() -> frozenset[str]:
    labels: set[str] = set()
    for form in all_formats():
        labels.update(form.labels.values())
        labels.update(label for row in form.t3.rows for label in row.path)
        labels.update(label for block in form.t4.blocks for label in block.path)
        labels.update(label for block in form.t2 for label in block.columns)
        labels.update((form.t3.applicants, form.t3.organisations))
    return frozenset(map(fold, labels))


def table_row(texts: Sequence[str]) -> Line:
    """Return a row of a table: a paragraph when its only text is a heading or long prose."""
    filled = [text for text in texts if text.strip()]
    if len(filled) == 1 and (len(filled[0]) > LONG_TEXT or is_heading(filled[0])):
        return paragraph(tidy(filled[0]))
    return Line(tuple(texts), table=True)


def sheet_row(texts: Sequence[str]) -> Line:
    """Return a row of a sheet, where prose stands in cells too: a single text that is no label
    of a form is a paragraph.
    """
    filled = [text for text in texts if text.strip()]
    if len(filled) == 1 and _CHINESE.search(filled[0]) and not _is_label(tidy(filled[0])):
        return paragraph(tidy(filled[0]))
    return Line(tuple(texts), table=True)


def without_repeated_captions(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out a caption that only repeats, unnumbered, the heading right above its table."""
    kept: list[Line] = []
    for line in lines:
        if line.table and len(kept) > 1 and _repeats(kept[-2], kept[-1]):
            kept.pop()
        kept.append(line)
    return tuple(kept)


def _repeats(heading: Line, caption: Line) -> bool:
    if heading.table or caption.table or fold(heading.text) == fold(caption.text):
        return False
    return fold_unnumbered(heading.text) == fold(caption.text)
