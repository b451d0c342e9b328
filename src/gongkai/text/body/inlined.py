"""A text as HTML that carries its own looks: for editors of other platforms, which know no style sheet of ours.

The words are those of the text. What such a platform does not take becomes words: a picture its
description, a link its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from gongkai.text.body.cleaning import body_of
from gongkai.text.body.model import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    Words,
)
from gongkai.text.body.writing import line_html

_TEXT = "margin:0 0 16px;font-size:16px;line-height:1.75;color:#222222;text-align:left;"
_HEADING = "margin:24px 0 12px;font-size:18px;line-height:1.5;font-weight:bold;color:#222222;"
_TITLE = "margin:0 0 16px;font-size:22px;line-height:1.4;font-weight:bold;color:#222222;"
_NOTE = "margin:24px 0 0;font-size:14px;line-height:1.6;color:#555555;"
_TABLE = "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px;line-height:1.5;color:#222222;"
_CELL = "padding:6px;border:1px solid #999999;text-align:left;vertical-align:top;"
_QUOTE = "margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #999999;"
_LIST = "margin:0 0 16px;padding:0 0 0 24px;"


def inlined(title: str, body: str, *, source: str, address: str) -> str:
    """Return the item *title* with the fragment *body* as HTML with inline styles.

    *source* names who published it, *address* is its full address: relative links are resolved
    against it, and it closes the text.
    """
    parts = [
        f'<h1 style="{_TITLE}">{_letters(title)}</h1>',
        *(_block(block, address) for block in body_of(body).blocks),
        f'<p style="{_NOTE}">来源：{_letters(source)}<br>原文：{_letters(address)}</p>',
    ]
    return f'<section style="padding:0 4px;">{"".join(parts)}</section>'


def _block(block: Block, address: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p style="{_TEXT}">{_line(block.inlines, address)}</p>'
    if isinstance(block, Heading):
        name = f"h{block.level}"
        return f'<{name} style="{_HEADING}">{_line(block.inlines, address)}</{name}>'
    if isinstance(block, Rule):
        return '<hr style="margin:16px 0;border:0;border-top:1px solid #999999;">'
    if isinstance(block, Quote):
        return f'<blockquote style="{_QUOTE}">{_blocks(block.blocks, address)}</blockquote>'
    if isinstance(block, Listing):
        return _listing(block, address)
    return _table(block, address)


def _blocks(blocks: Iterable[Block], address: str) -> str:
    return "".join(_block(one, address) for one in blocks)


def _listing(block: Listing, address: str) -> str:
    name = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_blocks(item, address)}</li>" for item in block.items)
    return f'<{name}{start} style="{_LIST}">{items}</{name}>'


def _table(table: Table, address: str) -> str:
    caption = f"<caption>{_line(table.caption, address)}</caption>" if table.caption else ""
    rows = "".join(
        f"<tr>{''.join(_cell(cell, address) for cell in row)}</tr>" for row in table.rows
    )
    return f'<table style="{_TABLE}">{caption}<tbody>{rows}</tbody></table>'


def _cell(cell: Cell, address: str) -> str:
    name = "th" if cell.header else "td"
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f'<{name}{across}{down} style="{_CELL}">{_within(cell.blocks, address)}</{name}>'


def _within(blocks: Sequence[Block], address: str) -> str:
    """A single paragraph stands bare in its cell."""
    if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
        return _line(only.inlines, address)
    return _blocks(blocks, address)


def _line(inlines: Sequence[Inline], address: str) -> str:
    return line_html(_in_words(inlines, address))


def _in_words(inlines: Sequence[Inline], address: str) -> Iterator[Inline]:
    """Yield *inlines* without pictures and links: both as words, an address behind the words it was on."""
    for place, one in enumerate(inlines):
        if isinstance(one, Break):
            yield one
            continue
        if isinstance(one, Words):
            yield replace(one, href="")
        elif not one.decorative:
            yield Words(f"（图片：{one.alt or '没有说明'}）")
        following = inlines[place + 1] if place + 1 < len(inlines) else None
        if one.href and (
            following is None or isinstance(following, Break) or following.href != one.href
        ):
            yield Words(f"（{urljoin(address, one.href)}）")


def _letters(text: str) -> str:
    return line_html([Words(text)])
