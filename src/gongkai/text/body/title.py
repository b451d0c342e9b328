"""The title a whole document carries on its first lines, as a Word file does."""

from __future__ import annotations

import re

from gongkai.text.body.cleaning import body_of
from gongkai.text.body.model import Block, Body, Heading, Image, Paragraph
from gongkai.text.body.visible import line_text
from gongkai.text.body.writing import written
from gongkai.text.document_number import fold_brackets

_FIRST = 6
"""Blocks looked at: above a title stand at most the letterhead, a 文号, a secrecy grade and blanks."""
_LONGEST = 100
_SPEAKS = re.compile(r"[。；：，！？!?;:]$")
_NUMBERED = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[章节条、．.]|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])"
)
_LETTERHEAD = re.compile(r"文件$|〔\d{4}〕|^\d+$")


def titled(html: str) -> tuple[str, str]:
    """Return the title that stands on the first lines of the clean fragment *html*, and the text without it.

    A heading before a short line; no letterhead, no 文号, no numbered heading of a part. Without a title
    it is empty, and the text is as it was.
    """
    body = body_of(html)
    opening = _opening(body.blocks[:_FIRST])
    headings = [block for block in opening if isinstance(block, Heading)]
    for block in headings or opening:
        rest = Body([one for one in body.blocks if one is not block])
        return _line(block), written(rest)
    return "", html


def without_title(html: str, title: str) -> str:
    """Return the clean fragment *html* without its first lines' *title*, where that is what they say."""
    found, rest = titled(html)
    return rest if found and found == title.strip() else html


def _opening(blocks: list[Block]) -> list[Heading | Paragraph]:
    """The lines that may be a title, up to the first one that says something."""
    found: list[Heading | Paragraph] = []
    for block in blocks:
        if not isinstance(block, Heading | Paragraph) or _says_something(block):
            break
        if _may_be_title(block):
            found.append(block)
    return found


def _says_something(block: Heading | Paragraph) -> bool:
    line = _line(block)
    return len(line) > _LONGEST or bool(_SPEAKS.search(line) or _NUMBERED.match(line))


def _may_be_title(block: Heading | Paragraph) -> bool:
    line = _line(block)
    pictured = any(isinstance(one, Image) for one in block.inlines)
    return bool(line) and not pictured and not _LETTERHEAD.search(fold_brackets(line))


def _line(block: Heading | Paragraph) -> str:
    """Its letters in one line: a title set in two is one; between Chinese letters no blank is left."""
    line = " ".join(line_text(block.inlines).split())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", line)
