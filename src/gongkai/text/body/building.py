"""From the tokens of pasted HTML to blocks: one walk, what a tag means for letters; :mod:`places` holds what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.text.body.addresses import link_target, own_file
from gongkai.text.body.inline import canonical
from gongkai.text.body.losses import Loss
from gongkai.text.body.model import (
    Body,
    Break,
    Image,
    Mark,
    Words,
)
from gongkai.text.body.places import Context, Places
from gongkai.text.body.styles import Style, style_of
from gongkai.text.body.survey import Token

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
_CONTAINERS = frozenset({"ul", "ol", "blockquote", "table"})
_ENDS_LINE = _BLOCKS | _IN_TABLE | _CONTAINERS | {"li"}
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
class _Open:
    """A tag that is open: how things looked before it, and what it opened."""

    tag: str
    before: _Look
    context: Context | None = None


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
        self._places = Places()
        self.losses = self._places.losses
        self._sheet = sheet
        self._look = _Look()
        self._open: list[_Open] = []

    def finished(self) -> Body:
        return Body(self._places.finished())

    # Tags

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if attributes:
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
        self._show(self._looking(tag, attributes, style))
        opened.context = self._enter(tag, attributes, style)

    def end(self) -> None:
        opened = self._open.pop()
        if not self._look.hidden:
            self._leave(opened)
        self._show(opened.before)

    def _show(self, look: _Look) -> None:
        self._look, self._places.level = look, look.level

    def letters(self, text: str) -> None:
        look = self._look
        blank = not text.strip()
        if look.hidden:
            self._count_hidden(blank)
        elif look.underlined and blank and len(text) > 1 and "\n" not in text:
            self._places.add(Words("_" * min(len(text), _FILL_IN), look.marks, look.href))
        elif blank and not self._places.takes_letters:
            return
        elif look.kept_lines:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._places.add(Break())
                self._places.add(Words(line, look.marks, look.href))
        else:
            self._places.add(Words(text, look.marks, look.href))

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
            self._places.add(Break())
        elif tag == "img":
            self._image(attributes)
        else:
            self._places.add_rule()

    def _image(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "")
        name = own_file(source)
        decorative = attributes.get("data-decorative") == "true"
        alt = "" if decorative else attributes.get("alt")
        if name:
            told = None if alt is None else " ".join(_plain(alt).split())
            self._places.add(Image(name, told, decorative, self._look.href))
        elif source.lower().startswith("data:"):
            self.losses[Loss.EMBEDDED_IMAGE] += 1
        elif source.lower().startswith(("file:", "c:", "d:")) or "\\" in source:
            self.losses[Loss.LOCAL_IMAGE] += 1
        else:
            self.losses[Loss.OUTSIDE_IMAGE] += 1

    def _enter(self, tag: str, attributes: dict[str, str], style: Style) -> Context | None:
        centred = style.centred or attributes.get("align", "").strip().lower() == "center"
        if tag in _BLOCKS:
            self._places.end_line()
            if centred or tag == "center":
                self._places.note_centred()
        elif tag in _IN_TABLE:
            return self._places.open_table_part(tag, attributes, centred=centred)
        elif tag == "li":
            return self._places.open_item()
        elif tag in _CONTAINERS:
            return self._places.open_container(tag, attributes)
        return None

    def _leave(self, opened: _Open) -> None:
        if opened.tag in _ENDS_LINE:
            self._places.end_line()
        if opened.tag == "thead":
            self._places.leave_head()
        if opened.context is not None:
            self._places.end_line()
            self._places.close(opened.context)


_NO_STYLE = Style()


def _plain(text: str) -> str:
    (line,) = canonical([Words(text)]) or [Words("")]
    return line.text if isinstance(line, Words) else ""
