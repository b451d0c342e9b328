"""From the tokens of pasted HTML to blocks: one walk with a stack, no recursion over the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from gongkai.text.body.addresses import link_target, own_file
from gongkai.text.body.inline import canonical
from gongkai.text.body.losses import Loss
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
    Words,
)
from gongkai.text.body.styles import Style, style_of
from gongkai.text.body.survey import Token
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
_VOID = frozenset({"br", "hr", "img"})
_MARKS = {
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("i", "em"), Mark.EM),
    "sub": Mark.SUB,
    "sup": Mark.SUP,
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "figure",
        "center",
        "figcaption",
        "address",
        "dl",
        "dt",
        "dd",
        "pre",
        "form",
        "fieldset",
        "legend",
    ]
) | frozenset(_HEADINGS)
_IN_TABLE = frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_FILL_IN = 20


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds for letters at this place."""

    marks: frozenset[Mark] = frozenset()
    href: str = ""
    level: int = 0
    hidden: bool = False
    underlined: bool = False
    kept_lines: bool = False


@dataclass(slots=True)
class _Place:
    """Something that holds blocks: the text itself, a quotation, an item, a cell, a caption."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    cell: Cell | None = None
    implied: bool = False


_Context: TypeAlias = "_Place | Listing | TableFound"


@dataclass(slots=True)
class _Open:
    """A tag that is open: how things looked before it, and what it opened."""

    tag: str
    before: _Look
    context: _Context | None = None


def build(stream: Iterable[Token], sheet: dict[str, str]) -> tuple[Body, Counter[Loss]]:
    """Return the blocks of a token stream, and what was left out. *sheet*: declarations of classes."""
    builder = _Builder(sheet)
    for token in stream:
        if not token.tag:
            builder.letters(token.text)
        elif token.closes:
            builder.end()
        else:
            builder.start(token.tag, token.attributes)
    return builder.finished(), builder.losses


class _Builder:
    def __init__(self, sheet: dict[str, str]) -> None:
        self.losses: Counter[Loss] = Counter()
        self._sheet = sheet
        self._look = _Look()
        self._open: list[_Open] = []
        self._body = _Place("body")
        self._contexts: list[_Context] = [self._body]

    def finished(self) -> Body:
        self._end_line()
        return Body(_relevelled(self._body.blocks))

    # Tags

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.losses[Loss.HANDLER] += sum(name.startswith("on") for name in attributes)
        style = self._style(attributes)
        if tag in _VOID:
            if not (self._look.hidden or style.hidden):
                self._void(tag, attributes)
            return
        opened = _Open(tag, self._look)
        self._open.append(opened)
        if self._look.hidden:
            return
        if style.hidden or tag == "del" or "hidden" in attributes:
            self._hide(tag)
            return
        self._look = self._looking(tag, attributes, style)
        opened.context = self._enter(tag, attributes, style)

    def end(self) -> None:
        opened = self._open.pop()
        if not self._look.hidden:
            self._leave(opened)
        self._look = opened.before

    def letters(self, text: str) -> None:
        look = self._look
        blank = not text.strip()
        if look.hidden:
            self._count_hidden(blank)
        elif look.underlined and blank and len(text) > 1 and "\n" not in text:
            self._add(Words("_" * min(len(text), _FILL_IN), look.marks, look.href))
        elif blank and not isinstance(self._contexts[-1], _Place):
            return
        elif look.kept_lines:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._add(Break())
                self._add(Words(line, look.marks, look.href))
        else:
            self._add(Words(text, look.marks, look.href))

    # What a tag means for letters

    def _style(self, attributes: dict[str, str]) -> Style:
        classes = attributes.get("class", "")
        rules = (
            ";".join(self._sheet.get(name, "") for name in classes.split()) if self._sheet else ""
        )
        own = attributes.get("style", "")
        if not (rules or own or classes):
            return _NO_STYLE
        return style_of(f"{rules};{own}", classes)

    def _looking(self, tag: str, attributes: dict[str, str], style: Style) -> _Look:
        look = self._look
        if tag in _MARKS:
            look = replace(look, marks=look.marks | {_MARKS[tag]})
        if style is not _NO_STYLE:
            marks = self._styled(tag, look.marks, style)
            look = look if marks == look.marks else replace(look, marks=marks)
        if tag == "a":
            look = replace(look, href=self._target(attributes))
        elif tag == "u":
            look = replace(look, underlined=True)
        elif tag == "pre":
            look = replace(look, kept_lines=True)
        elif tag in _HEADINGS or (style.level and tag in _BLOCKS):
            look = replace(look, level=_HEADINGS.get(tag, style.level), marks=frozenset())
        elif look.level and tag in ("td", "th", "li", "blockquote"):
            look = replace(look, level=0)
        if tag in ("s", "strike") or style.struck:
            self.losses[Loss.STRUCK] += 1
        return look

    def _styled(self, tag: str, marks: frozenset[Mark], style: Style) -> frozenset[Mark]:
        if self._look.level or tag in _HEADINGS:
            return marks  # a heading is bold by itself
        if style.bold is not None:
            marks = marks | {Mark.STRONG} if style.bold else marks - {Mark.STRONG}
        if style.italic:
            marks |= {Mark.EM}
        if style.raised:
            marks |= {Mark.SUP if style.raised == "super" else Mark.SUB}
        return marks

    def _target(self, attributes: dict[str, str]) -> str:
        href = attributes.get("href", "").strip()
        target = link_target(href)
        if href.startswith("#"):
            self.losses[Loss.PLACE] += 1
        elif not target and ("href" in attributes or "name" not in attributes):
            self.losses[Loss.LINK] += 1
        return target

    def _hide(self, tag: str) -> None:
        self._look = replace(self._look, hidden=True)
        self._hidden_for = Loss.DELETED if tag == "del" else Loss.HIDDEN
        self._hidden_seen = False

    def _count_hidden(self, blank: bool) -> None:
        if not blank and not self._hidden_seen:
            self.losses[self._hidden_for] += 1
            self._hidden_seen = True

    # What a tag means for blocks

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._add(Break())
        elif tag == "img":
            self._image(attributes)
        else:
            self._end_line()
            place = self._place()
            if place.kind != "caption":
                place.blocks.append(Rule())

    def _image(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "")
        name = own_file(source)
        decorative = attributes.get("data-decorative") == "true"
        alt = "" if decorative else attributes.get("alt")
        if name:
            told = None if alt is None else " ".join(_plain(alt).split())
            self._add(Image(name, told, decorative, self._look.href))
        elif source.lower().startswith("data:"):
            self.losses[Loss.EMBEDDED_IMAGE] += 1
        elif source.lower().startswith(("file:", "c:", "d:")) or "\\" in source:
            self.losses[Loss.LOCAL_IMAGE] += 1
        else:
            self.losses[Loss.OUTSIDE_IMAGE] += 1

    def _enter(self, tag: str, attributes: dict[str, str], style: Style) -> _Context | None:
        if tag in _BLOCKS:
            self._end_line()
            self._note_centred(attributes, style, tag)
            return None
        if tag in _IN_TABLE:
            return self._enter_table_part(tag, attributes, style)
        if tag == "li":
            return self._enter_item()
        if tag in ("ul", "ol", "blockquote", "table"):
            self._end_line()
            if len(self._contexts) < 2 * _DEEPEST:
                return self._push(self._container(tag, attributes))
        return None

    def _container(self, tag: str, attributes: dict[str, str]) -> _Context:
        if tag == "table":
            return TableFound()
        if tag == "blockquote":
            return _Place("quote")
        if isinstance(around := self._contexts[-1], Listing):
            self._open_implied(around)
        text = attributes.get("start", "").strip()
        start = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
        return Listing(tag == "ol", start if tag == "ol" else 1, [])

    def _enter_item(self) -> _Context | None:
        self._end_line()
        top = self._contexts[-1]
        if isinstance(top, _Place) and top.implied:
            self._close_item()
        if isinstance(self._contexts[-1], Listing):
            return self._push(_Place("item"))
        return None

    def _enter_table_part(
        self, tag: str, attributes: dict[str, str], style: Style
    ) -> _Context | None:
        self._end_line()
        table = self._contexts[-1]
        if not isinstance(table, TableFound):
            return None
        if tag == "caption":
            return self._push(_Place("caption"))
        if tag in ("td", "th"):
            cell = Cell(
                [],
                header=tag == "th",
                across=span(attributes.get("colspan", "")),
                down=span(attributes.get("rowspan", ""), tall=True),
                centred=_is_centred(attributes, style),
            )
            if not table.rows:
                table.rows.append((table.in_head, []))
            return self._push(_Place("cell", cell=cell))
        if tag == "tr":
            table.rows.append((table.in_head, []))
        else:
            table.in_head = tag == "thead"
        return None

    def _leave(self, opened: _Open) -> None:
        if opened.tag in _BLOCKS or opened.tag in _IN_TABLE:
            self._end_line()
        if opened.tag == "thead" and isinstance(table := self._contexts[-1], TableFound):
            table.in_head = False
        if opened.context is not None:
            self._end_line()
            self._close(opened.context)
        elif opened.tag in ("ul", "ol", "blockquote", "table", "li"):
            self._end_line()

    def _close(self, context: _Context) -> None:
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

    def _close_part(self, place: _Place) -> None:
        holder = self._contexts[-1]
        if isinstance(holder, Listing) and place.blocks:
            holder.items.append(demoted(place.blocks))
        elif isinstance(holder, TableFound) and place.cell is not None:
            place.cell.blocks = place.blocks
            holder.rows[-1][1].append(place.cell)
        elif isinstance(holder, TableFound):
            holder.caption = in_one_line(place.blocks)

    # Lines and places

    def _push(self, context: _Context) -> _Context:
        self._contexts.append(context)
        return context

    def _open_implied(self, listing: Listing) -> None:
        """What stands in a list outside its items belongs to the last one, or is one itself."""
        blocks = listing.items.pop() if listing.items else []
        self._push(_Place("item", blocks=blocks, implied=True))

    def _close_item(self) -> None:
        self._end_line()
        place = self._contexts.pop()
        if isinstance(place, _Place):
            self._close_part(place)

    def _place(self) -> _Place:
        if isinstance(around := self._contexts[-1], Listing):
            self._open_implied(around)
        return next(one for one in reversed(self._contexts) if isinstance(one, _Place))

    def _add(self, inline: Inline) -> None:
        if isinstance(inline, Break) and not isinstance(self._contexts[-1], _Place):
            return
        self._place().line.append(inline)

    def _keep(self, blocks: list[Block]) -> None:
        if blocks:
            self._place().blocks.extend(blocks)

    def _end_line(self) -> None:
        """Make what was collected a paragraph or heading; two line breaks in a row end one as well."""
        place = next(one for one in reversed(self._contexts) if isinstance(one, _Place))
        line, place.line = place.line, []
        if not line:
            return
        for part in _paragraphs(canonical(line)):
            level = self._look.level
            # A heading is bold by itself.
            place.blocks.append(Heading(level, without_strong(part)) if level else Paragraph(part))

    def _note_centred(self, attributes: dict[str, str], style: Style, tag: str) -> None:
        place = self._contexts[-1]
        if isinstance(place, _Place) and place.cell is not None:
            place.cell.centred |= tag == "center" or _is_centred(attributes, style)


_NO_STYLE = Style()


def _is_centred(attributes: dict[str, str], style: Style) -> bool:
    return style.centred or attributes.get("align", "").strip().lower() == "center"


def _plain(text: str) -> str:
    (line,) = canonical([Words(text)]) or [Words("")]
    return line.text if isinstance(line, Words) else ""


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
