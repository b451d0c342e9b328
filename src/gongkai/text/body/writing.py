"""Blocks written as HTML, in the one way there is, so that equal texts are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongkai.text.body.model import (
    Block,
    Body,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Table,
)


def written(body: Body) -> str:
    """Return *body* as an HTML fragment, a block a line."""
    return "\n".join(block_html(block) for block in body.blocks)


def block_html(block: Block) -> str:
    """Return one block as HTML."""
    if isinstance(block, Paragraph):
        return f"<p>{line_html(block.inlines)}</p>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{line_html(block.inlines)}</h{block.level}>"
    if isinstance(block, Rule):
        return "<hr>"
    if isinstance(block, Quote):
        return f"<blockquote>{''.join(map(block_html, block.blocks))}</blockquote>"
    if isinstance(block, Listing):
        return _list_html(block)
    return _table_html(block)


def _list_html(block: Listing) -> str:
    name = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_item_html(item)}</li>" for item in block.items)
    return f"<{name}{start}>{items}</{name}>"


def _item_html(blocks: Sequence[Block]) -> str:
    """The first paragraph of an item stands bare, as people write it."""
    first, *rest = blocks
    opening = line_html(first.inlines) if isinstance(first, Paragraph) else block_html(first)
    return opening + "".join(map(block_html, rest))


def _table_html(table: Table) -> str:
    caption = f"<caption>{line_html(table.caption)}</caption>" if table.caption else ""
    head, body = table.rows[: table.head], table.rows[table.head :]
    return f"<table>{caption}{_rows_html('thead', head)}{_rows_html('tbody', body)}</table>"


def _rows_html(name: str, rows: Sequence[Sequence[Cell]]) -> str:
    if not rows:
        return ""
    inside = "".join(f"<tr>{''.join(map(cell_html, row))}</tr>" for row in rows)
    return f"<{name}>{inside}</{name}>"


def cell_html(cell: Cell) -> str:
    """Return one cell; a single paragraph in it stands bare."""
    name = "th" if cell.header else "td"
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    blocks = cell.blocks
    if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
        inside = line_html(only.inlines)
    else:
        inside = "".join(map(block_html, blocks))
    return f"<{name}{across}{down}>{inside}</{name}>"


def line_html(inlines: Iterable[Inline]) -> str:
    """Return what is set in one line."""
    return "".join(_pieces(inlines))


def _pieces(inlines: Iterable[Inline]) -> Iterator[str]:
    open_link = ""
    for one in inlines:
        href = "" if isinstance(one, Break) else one.href
        if href != open_link:
            yield ("</a>" if open_link else "") + (f'<a href="{_attribute(href)}">' if href else "")
            open_link = href
        yield _inline_html(one)
    yield "</a>" if open_link else ""


def _inline_html(one: Inline) -> str:
    if isinstance(one, Break):
        return "<br>"
    if isinstance(one, Image):
        alt = "" if one.alt is None else f' alt="{_attribute(one.alt)}"'
        mark = ' data-decorative="true"' if one.decorative else ""
        return f'<img src="{_attribute(one.src)}"{alt}{mark}>'
    if not one.marks:
        return _escaped(one.text)
    marks = [mark.value for mark in Mark if mark in one.marks]
    opening = "".join(f"<{mark}>" for mark in marks)
    return opening + _escaped(one.text) + "".join(f"</{mark}>" for mark in reversed(marks))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
