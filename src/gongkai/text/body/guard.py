"""What is refused before it is parsed: HTML whose size or nesting no document has.

A browser's parser, which the cleaner uses, takes quadratic time over tags that are opened and never
closed; a text of a few hundred kilobytes could hold a worker for minutes.
"""

from __future__ import annotations

import re

LARGEST = 6_000_000
"""Characters of HTML; a table of 7 500 rows and ten columns from Excel is about 4.5 million."""
DEEPEST = 200
_MOST_REOPENED = 200_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CLOSED_BY_ITSELF = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "br",
        "hr",
        "img",
        "col",
        "input",
        "meta",
        "link",
        "wbr",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "param",
        "rt",
        "rp",
    ]
)
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)


class BodyRefused(ValueError):
    """The text cannot be taken in; the message says why and what to do."""


def refuse_hostile(html: str) -> None:
    """Raise :class:`BodyRefused` for HTML that is too long or nested beyond reason."""
    if len(html) > LARGEST:
        raise BodyRefused(
            f"正文有 {len(html) / 1_000_000:.1f} 兆字符，超过 {LARGEST // 1_000_000} 兆的上限，没有保存；"
            "特大的表格请作为 Excel 附件上传，正文里写明要点。"
        )
    if _is_tangled(_COMMENT.sub("", html) if "<!--" in html else html):
        raise BodyRefused(
            "正文里的标签一层套一层、大量没有闭合，无法可靠整理，没有保存；"
            "请在 Word 或 WPS 里打开原文，重新复制粘贴，或直接上传 Word 文件。"
        )


def _is_tangled(html: str) -> bool:
    """Follow tags as a parser would at its worst: what is opened stays open until its own end tag."""
    opened: dict[str, int] = {}
    depth = formatting = reopened = 0
    for slash, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _CLOSED_BY_ITSELF:
            reopened += formatting
        elif not slash:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            formatting += tag in _FORMATTING
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
            formatting -= tag in _FORMATTING
        if depth > DEEPEST or (reopened > _MOST_REOPENED and formatting > 20):
            return True
    return False
