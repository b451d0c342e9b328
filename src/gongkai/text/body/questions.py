"""What an author is asked before a text goes on: what a machine sees is missing and cannot supply.

无障碍环境建设法, GB/T 37668 and the inspectors' tests of tables, headings and images stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.text.body.cleaning import body_of
from gongkai.text.body.model import (
    Block,
    Body,
    Heading,
    Image,
    Inline,
    Listing,
    Quote,
    Table,
    Words,
)
from gongkai.text.body.visible import cell_text, paragraphs

_SAYS_NOTHING = re.compile(
    r"(?:请?点击|单击|点|戳|请?点击?)?(?:这里|此处|此|链接|查看|进入|下载|详情|更多|原文|链接地址)*"
    r"(?:查看|下载|进入|阅读)?(?:详情|全文|更多|原文)?|here|click\s*here|more|link|"
    r"https?://\S+|www\.\S+",
    re.I,
)
_LIKE_A_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节])\S"
)
_DECORATION = re.compile(r"[\s　，。；：:>》【】\[\]（）()…]+")
_LONG = 1000
"""Characters after which a reader needs headings to find the way."""
_HEADING_LENGTH = 40


@dataclass(frozen=True)
class Question:
    """A sentence for the author, and the number of the paragraph it is about.

    *must*: the text cannot go on unanswered. The others are advice.
    """

    paragraph: int
    sentence: str
    must: bool = False

    @property
    def anchor(self) -> str:
        """The fragment of the paragraph's address on a page."""
        return f"p-{self.paragraph}"


def questions(html: str) -> list[Question]:
    """Return what the author must answer, in the order of the paragraphs."""
    body = body_of(html)
    found = [
        Question(number, sentence, must)
        for number, piece in _numbered(body)
        for sentence, must in _asked(piece)
    ]
    return sorted(found + _about_headings(html, body), key=lambda one: one.paragraph)


_Asked = Table | list[Inline]


def _numbered(body: Body) -> Iterator[tuple[int, _Asked]]:
    """Yield every line with the number of its paragraph, and every table with that of its first."""
    number = 1
    for block in body.blocks:
        for size, piece in _lines(block):
            yield number, piece
            number += size


def _lines(block: Block) -> Iterator[tuple[int, _Asked]]:
    """Yield pieces with how many numbers they take, as :func:`paragraphs` counts them."""
    if isinstance(block, Table):
        yield from _table_lines(block)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from _lines(inner)
    elif isinstance(block, Listing):
        for item in block.items:
            for inner in item:
                yield from _lines(inner)
    elif inlines := getattr(block, "inlines", None):
        yield 1, inlines


def _table_lines(table: Table) -> Iterator[tuple[int, _Asked]]:
    yield 0, table
    if table.caption:
        yield 1, table.caption
    for row in table.rows:
        for cell in row:
            for inner in cell.blocks:
                yield from ((0, piece) for _, piece in _lines(inner))
        yield 1, []


def _asked(piece: _Asked) -> Iterator[tuple[str, bool]]:
    if isinstance(piece, Table):
        if not any(cell.header for row in piece.rows for cell in row):
            shown = "、".join(filter(None, map(cell_text, piece.rows[0])))[:30]
            yield (
                (
                    f"表格（首行“{shown}”）没有表头：读屏软件读不出每格是什么。"
                    "请把表头所在的行设为表头；不是数据的表格请改成段落。"
                ),
                False,
            )
        return
    for sentence in _about_images(piece):
        yield sentence, True
    for sentence in _about_links(piece):
        yield sentence, False


def _about_images(line: Sequence[Inline]) -> Iterator[str]:
    for one in line:
        if isinstance(one, Image) and not one.decorative and not one.alt:
            yield (
                f"图片“{_name(one.src)}”没有文字说明：看不见图的人不知道内容。"
                "请点图片、按“图片”写一句说明；只起装饰作用的，请标记为装饰图片。"
            )


def _name(address: str) -> str:
    return address.rpartition("/")[2].partition("-")[2]


def _about_links(line: Sequence[Inline]) -> Iterator[str]:
    texts: list[tuple[str, str]] = []
    for one in line:
        if isinstance(one, Words) and one.href:
            if texts and texts[-1][0] == one.href:
                texts[-1] = (one.href, texts[-1][1] + one.text)
            else:
                texts.append((one.href, one.text))
    for _, text in texts:
        if _SAYS_NOTHING.fullmatch(_DECORATION.sub("", text)):
            yield (
                f"链接文字“{text.strip()}”没有说明指向哪里：单独读到它的人不知道会打开什么。"
                "请改成所指内容的名称，例如文件标题。"
            )


def _about_headings(html: str, body: Body) -> list[Question]:
    """Ask for headings in a long text that has none, and name the first paragraph that looks like one."""
    if any(isinstance(block, Heading) for block in body.blocks):
        return []
    lines = [one for one in paragraphs(html) if len(one.cells) == 1]
    if sum(len(one.text) for one in lines) < _LONG:
        return []
    like = (
        one for one in lines if len(one.text) <= _HEADING_LENGTH and _LIKE_A_HEADING.match(one.text)
    )
    first = next(like, None)
    hint = (
        f"第 {first.number} 段“{first.text}”像是标题，请设为标题，其余同级的一并设置。"
        if first
        else "请为各部分加上标题。"
    )
    sentence = f"正文超过 {_LONG} 字而没有一个标题：读者和读屏软件无法按标题查找。{hint}"
    return [Question(first.number if first else 1, sentence)]
