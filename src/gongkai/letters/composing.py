"""A letter from its code, the facts of the case and a wording: blocks, printed by ``paper``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.letters import LETTERS
from gongkai.letters.facts import LetterFacts
from gongkai.letters.slots import REMEDIES, SLOTS, Value, day
from gongkai.letters.wording.packaged import Duty, duty
from gongkai.letters.wording.words import OUTCOME, SLOT, Part, Words
from gongkai.letters.wording.words import Block as WordsBlock
from gongkai.paper import blocks as paper
from gongkai.paper.pdf import render_pdf
from gongkai.paper.word import render_docx

_SLOT_AND_STOP = re.compile(rf"{SLOT.pattern}(。?)")
_STOPS = ("。", "！", "？")


class LetterRefused(Exception):
    """Why a letter cannot be written: what the case lacks, and what to do."""


@dataclass(frozen=True)
class Letter:
    """A written letter. *version* is that of the wording it was written with."""

    code: str
    title: str
    organ: str
    number: str
    signed_on: date | None
    version: int
    blocks: tuple[paper.Block, ...]

    @property
    def document(self) -> paper.Document:
        """The letter for ``paper``."""
        return paper.Document(self.title, self.organ, self.blocks, self.signed_on)


def letter_pdf(letter: Letter) -> bytes:
    """Return the letter as PDF. Raises ``GlyphMissingError`` naming a character no font has."""
    return render_pdf(letter.document)


def letter_docx(letter: Letter) -> bytes:
    """Return the letter as a Word file, from the same blocks."""
    return render_docx(letter.document)


def compose(code: str, facts: LetterFacts, words: Words) -> Letter:
    """Write letter *code*.

    Raises :class:`LetterRefused` naming everything the wording asks for and the case does not say;
    for a decision without its ways of complaint too, whatever the wording (不变量七).
    """
    printed = [block for block in words.blocks if applies(block, facts)]
    missing = _missing(printed, facts, duty(code))
    if missing:
        named = "、".join(f"“{name}”（{SLOTS[name].explanation}）" for name in missing)
        raise LetterRefused(
            f"《{LETTERS[code].title}》还不能生成，缺少：{named}。请先在案件里补齐，再生成文书。"
        )
    title = LETTERS[code].title
    made = tuple(one for block in _with_room(printed) for one in _blocks(block, facts))
    return Letter(
        code, title, facts.office.organ, facts.number, facts.signed_on, words.version, made
    )


def applies(block: WordsBlock, facts: LetterFacts) -> bool:
    """Whether *block* is printed for these facts."""
    if block.when.startswith(OUTCOME):
        if facts.outcome != block.when.removeprefix(OUTCOME):
            return False
    elif block.when and not value_of(block.when, facts):
        return False
    return not (block.unless and value_of(block.unless, facts))


def value_of(name: str, facts: LetterFacts) -> Value | None:
    """What slot *name* says of *facts*; blank text is nothing."""
    value = SLOTS[name].value(facts)
    return (value.strip() or None) if isinstance(value, str) else value


def _missing(printed: list[WordsBlock], facts: LetterFacts, needs: Duty) -> list[str]:
    named = [name for block in printed for name in block.slots]
    if needs.decides:
        named.append(REMEDIES)
    missing = [name for name in dict.fromkeys(named) if not value_of(name, facts)]
    if needs.decides and REMEDIES not in {name for block in printed for name in block.slots}:
        missing.append(REMEDIES)
    return list(dict.fromkeys(missing))


def _with_room(printed: list[WordsBlock]) -> list[WordsBlock]:
    """What bears no 文号 keeps its place below the title, so that the title stands apart (GB/T 9704-2012, 7.3.1)."""
    if any(block.part is Part.NUMBER for block in printed):
        return printed
    after = 1 + next((n for n, block in enumerate(printed) if block.part is Part.TITLE), -1)
    return [*printed[:after], WordsBlock(Part.NUMBER), *printed[after:]]


def _blocks(block: WordsBlock, facts: LetterFacts) -> Iterator[paper.Block]:
    """What one block of a wording prints: a text of several lines as so many paragraphs."""
    match block.part:
        case Part.TITLE:
            yield paper.Title(tuple(_lines(filled(block.text, facts))))
        case Part.NUMBER:
            if facts.number:
                yield paper.Line(facts.number, "center")
            yield paper.Gap()
        case Part.ADDRESSEE:
            yield paper.Line(filled(block.text, facts))
        case Part.HEADING:
            yield paper.Heading(filled(block.text, facts))
        case Part.LIST | Part.TABLE:
            yield from _whole(block, facts)
        case Part.ENCLOSURES:
            yield from _enclosures(facts)
        case Part.SIGNATURE:
            yield paper.Signature(tuple(filter(None, (facts.office.organ, day(facts.signed_on)))))
        case Part.PARAGRAPH | Part.REMEDIES | Part.CONTACT:
            yield from map(paper.Paragraph, _lines(filled(block.text, facts)))


def filled(text: str, facts: LetterFacts) -> str:
    """Return *text* with every slot replaced once; what a case says is never read as a slot.

    A full stop after a slot is left out where the words of the case bring their own.
    """
    return _SLOT_AND_STOP.sub(lambda found: _words(found[1], found[2], facts), text)


def _words(name: str, stop: str, facts: LetterFacts) -> str:
    value = value_of(name, facts)
    words = value if isinstance(value, str) else ""
    return words if words.endswith(_STOPS) else words + stop


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield line.strip()


def _whole(block: WordsBlock, facts: LetterFacts) -> Iterator[paper.Block]:
    """A list or a table: its slot stands alone."""
    for name in block.slots:
        value = value_of(name, facts)
        if isinstance(value, tuple):
            yield from _listed(value)
        elif isinstance(value, paper.Table):
            yield value
        elif isinstance(value, str):
            yield from map(paper.Paragraph, _lines(value))


def _listed(items: tuple[str, ...]) -> Iterator[paper.Block]:
    alone = len(items) == 1
    for n, item in enumerate(items, 1):
        yield paper.Paragraph(item if alone else f"{n}.{item}")


def _enclosures(facts: LetterFacts) -> Iterator[paper.Block]:
    """附件：, numbered where there are several, without a mark at the end (GB/T 9704-2012, 7.3.4)."""
    titles = [one.title for one in facts.enclosures]
    if not titles:
        return
    yield paper.Gap()
    if len(titles) == 1:
        yield paper.Paragraph(f"附件：{titles[0]}")
    else:
        yield paper.Paragraph(f"附件：1.{titles[0]}")
        for n, title in enumerate(titles[1:], 2):
            yield paper.Paragraph(f"\u3000\u3000\u3000{n}.{title}")
