"""Where blocks stand while they are built: the text, a list, an item, a table, a cell, each inside another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from gongkai.text.body.inline import canonical
from gongkai.text.body.losses import Loss
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
)
from gongkai.text.body.tables import (
    TableFound,
    demoted,
    finished,
    in_one_line,
    span,
    without_strong,
)

_DEEPEST = 12
"""Lists, quotations and tables inside one another; what is deeper joins the one around it."""


@dataclass(slots=True)
class Place:
    """Something that holds blocks: the text itself, a quotation, an item, a cell, a caption."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    cell: Cell | None = None
    implied: bool = False


Context: TypeAlias = "Place | Listing | TableFound"


class Places:
    """The stack of what is open. Lines end where a block begins or ends; *level*: the heading letters stand in."""

    def __init__(self) -> None:
        self.losses: Counter[Loss] = Counter()
        self.level = 0
        self._body = Place("body")
        self._contexts: list[Context] = [self._body]

    @property
    def takes_letters(self) -> bool:
        """Whether the innermost is one that holds blocks: blanks between the parts of a table are nothing."""
        return isinstance(self._contexts[-1], Place)

    def finished(self) -> list[Block]:
        """End the last line and return the blocks of the text, their headings re-levelled."""
        self.end_line()
        return _relevelled(self._body.blocks)

    # Opening

    def open_container(self, tag: str, attributes: dict[str, str]) -> Context | None:
        """Open a list, quotation or table; None where they are inside one another beyond reason."""
        self.end_line()
        if len(self._contexts) < 2 * _DEEPEST:
            return self._push(self._container(tag, attributes))
        return None

    def _container(self, tag: str, attributes: dict[str, str]) -> Context:
        if tag == "table":
            return TableFound()
        if tag == "blockquote":
            return Place("quote")
        if isinstance(around := self._contexts[-1], Listing):
            self._open_implied(around)
        text = attributes.get("start", "").strip()
        start = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
        return Listing(tag == "ol", start if tag == "ol" else 1, [])

    def open_item(self) -> Context | None:
        self.end_line()
        top = self._contexts[-1]
        if isinstance(top, Place) and top.implied:
            self._close_item()
        if isinstance(self._contexts[-1], Listing):
            return self._push(Place("item"))
        return None

    def open_table_part(
        self, tag: str, attributes: dict[str, str], *, centred: bool
    ) -> Context | None:
        self.end_line()
        table = self._contexts[-1]
        if not isinstance(table, TableFound):
            return None
        if tag == "caption":
            return self._push(Place("caption"))
        if tag in ("td", "th"):
            cell = Cell(
                [],
                header=tag == "th",
                across=span(attributes.get("colspan", "")),
                down=span(attributes.get("rowspan", ""), tall=True),
                centred=centred,
            )
            if not table.rows:
                table.rows.append((table.in_head, []))
            return self._push(Place("cell", cell=cell))
        if tag == "tr":
            table.rows.append((table.in_head, []))
        else:
            table.in_head = tag == "thead"
        return None

    def add_rule(self) -> None:
        self.end_line()
        place = self._place()
        if place.kind != "caption":
            place.blocks.append(Rule())

    # Closing

    def leave_head(self) -> None:
        if isinstance(table := self._contexts[-1], TableFound):
            table.in_head = False

    def close(self, context: Context) -> None:
        while self._contexts[-1] is not context:
            self._close_item()  # only implied items stay open by themselves
        self._contexts.pop()
        if isinstance(context, Listing):
            self._keep([context] if context.items else [])
        elif isinstance(context, TableFound):
            blocks, layout = finished(context)
            self.losses[Loss.LAYOUT] += layout
            self._keep(blocks)
        elif context.kind == "quote":
            self._keep([Quote(demoted(context.blocks))] if context.blocks else [])
        else:
            self._close_part(context)

    def _close_part(self, place: Place) -> None:
        holder = self._contexts[-1]
        if isinstance(holder, Listing) and place.blocks:
            holder.items.append(demoted(place.blocks))
        elif isinstance(holder, TableFound) and place.cell is not None:
            place.cell.blocks = place.blocks
            holder.rows[-1][1].append(place.cell)
        elif isinstance(holder, TableFound):
            holder.caption = in_one_line(place.blocks)

    # Lines

    def _push(self, context: Context) -> Context:
        self._contexts.append(context)
        return context

    def _open_implied(self, listing: Listing) -> None:
        """What stands in a list outside its items belongs to the last one, or is one itself."""
        blocks = listing.items.pop() if listing.items else []
        self._push(Place("item", blocks=blocks, implied=True))

    def _close_item(self) -> None:
        self.end_line()
        place = self._contexts.pop()
        if isinstance(place, Place):
            self._close_part(place)

    def _place(self) -> Place:
        if isinstance(around := self._contexts[-1], Listing):
            self._open_implied(around)
        return self._innermost()

    def _innermost(self) -> Place:
        last = self._contexts[-1]
        if isinstance(last, Place):
            return last
        return next(one for one in reversed(self._contexts) if isinstance(one, Place))

    def add(self, inline: Inline) -> None:
        if isinstance(inline, Break) and not isinstance(self._contexts[-1], Place):
            return
        self._place().line.append(inline)

    def _keep(self, blocks: list[Block]) -> None:
        if blocks:
            self._place().blocks.extend(blocks)

    def end_line(self) -> None:
        """Make what was collected a paragraph or heading; two line breaks in a row end one as well."""
        place = self._innermost()
        if not place.line:
            return
        line, place.line = place.line, []
        for part in _paragraphs(canonical(line)):
            level = self.level
            # A heading is bold by itself.
            place.blocks.append(Heading(level, without_strong(part)) if level else Paragraph(part))

    def note_centred(self) -> None:
        """Tell the cell one is in, if one is, that it is set in the middle."""
        place = self._contexts[-1]
        if isinstance(place, Place) and place.cell is not None:
            place.cell.centred = True


def _paragraphs(line: list[Inline]) -> list[list[Inline]]:
    parts: list[list[Inline]] = [[]]
    for place, one in enumerate(line):
        ends = isinstance(one, Break) and isinstance(line[place - 1], Break)
        if ends and parts[-1]:
            parts[-1] = parts[-1][:-1]  # the first of the two breaks
            parts.append([])
        elif not (ends or (isinstance(one, Break) and not parts[-1])):
            parts[-1].append(one)
    return [part for part in parts if part]


def _relevelled(blocks: list[Block]) -> list[Block]:
    """Give headings levels from 2 down to 4 with none skipped, keeping who stands under whom."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block.level = min(len(above) + 1, 4)
    return blocks
