"""What is wrong with a wording before it is relied on: slots, places, what the letter may not go without."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.instruments import cited
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES
from gongkai.letters.purpose import asks_for_the_purpose
from gongkai.letters.slots import REMEDIES, SLOTS, Shape
from gongkai.letters.wording.packaged import (
    Duty,
    WordingError,
    all_series,
    duty,
    packaged,
    series_of,
)
from gongkai.letters.wording.words import OUTCOME, SLOT, Block, Part, Words

MOST_BLOCKS, MOST_TEXT = 40, 2000
_SHAPES = {Part.LIST: Shape.ITEMS, Part.TABLE: Shape.TABLE}


@dataclass(frozen=True)
class Problem:
    """One thing wrong, as a sentence with what to do. *row*: the block it is in, None for the whole."""

    sentence: str
    row: int | None = None


def problems(code: str, blocks: Sequence[Block], on: date) -> tuple[Problem, ...]:
    """Return everything that keeps these blocks from being letter *code* from the day *on*."""
    found = [problem for n, block in enumerate(blocks) for problem in _in_block(code, n, block, on)]
    return (*found, *_in_whole(duty(code), blocks))


def outcomes_of(code: str) -> tuple[str, ...]:
    """The outcomes whose letter this is: what a condition may name."""
    return tuple(outcome.code for outcome in OUTCOMES.values() if outcome.letter == code)


def check_packaged() -> None:
    """Read every packaged wording. Raises :class:`WordingError` naming the file and what is wrong in it.

    Called at start-up: what a county has not edited is known to be whole.
    """
    for code in LETTERS:
        wrong = problems(code, packaged(code).blocks, date.max)
        unknown = [
            name
            for name in (*duty(code).must, *duty(code).never, duty(code).to)
            if name and name not in SLOTS
        ]
        told = [problem.sentence for problem in wrong] + [f"没有“{name}”这个空" for name in unknown]
        if told:
            raise WordingError(f"wording/{code}.toml：{'；'.join(told)}")
    stray = {letter for series in all_series() for letter in series.letters} - set(LETTERS)
    if stray:
        raise WordingError(f"wording/series.toml：没有这些文书：{'、'.join(sorted(stray))}")


def _in_block(code: str, row: int, block: Block, on: date) -> Iterator[Problem]:
    for sentence in (*_text(block), *_slots(block), *_conditions(code, block), *_law(block, on)):
        yield Problem(sentence, row)


def _text(block: Block) -> Iterator[str]:
    if block.part.has_text and not block.text.strip():
        yield f"“{block.part.label}”没有写文字，请填写，或者清空这一行的种类。"
    if len(block.text) > MOST_TEXT:
        yield f"这一块有 {len(block.text)} 个字，最多 {MOST_TEXT} 个，请分成几块。"
    if any(sign != "\n" and unicodedata.category(sign)[0] == "C" for sign in block.text):
        yield "文字里有看不见的控制字符，请删去后重新键入。"
    if set(SLOT.sub("", block.text)) & {"{", "}"}:
        yield "花括号没有成对，请写成 {申请人} 的样子。"
    if asks_for_the_purpose(block.text):
        yield "不能要求申请人说明用途（条例第二十九条没有规定），请删去。"


def _slots(block: Block) -> Iterator[str]:
    known = [SLOTS[name] for name in block.slots if name in SLOTS]
    for name in block.slots:
        if name not in SLOTS:
            yield f"没有“{{{name}}}”这个空，请从“可以用的空”里选。"
    wanted = _SHAPES.get(block.part)
    if wanted is None:
        for slot in known:
            if slot.shape is not Shape.TEXT:
                yield f"“{{{slot.name}}}”要{slot.shape.label}，不能写在“{block.part.label}”里。"
    elif [slot.shape for slot in known] != [wanted] or SLOT.sub("", block.text).strip():
        yield f"“{block.part.label}”里只写一个{wanted.label}的空，不写别的。"


def _conditions(code: str, block: Block) -> Iterator[str]:
    if block.when and block.unless:
        yield "一块只能有一个条件，请分成两块。"
    for condition in (block.when, block.unless):
        if condition.startswith(OUTCOME):
            if (
                condition.removeprefix(OUTCOME) not in outcomes_of(code)
                or condition == block.unless
            ):
                yield "条件里的办理结果不用这一种文书，请重新选择。"
        elif condition and condition not in SLOTS:
            yield f"条件里没有“{condition}”这个空，请重新选择。"


def _law(block: Block, on: date) -> Iterator[str]:
    for instrument in cited(block.text):
        if not instrument.in_force(on):
            yield f"引用的{instrument.title}在启用之日不是有效依据，应引用{instrument.successor or '现行规定'}。"


def _in_whole(needs: Duty, blocks: Sequence[Block]) -> Iterator[Problem]:
    for sentence in (*_order(needs, blocks), *_must(needs, blocks), *_remedies(needs, blocks)):
        yield Problem(sentence)


def _order(needs: Duty, blocks: Sequence[Block]) -> Iterator[str]:
    parts = [block.part for block in blocks]
    if len(parts) > MOST_BLOCKS:
        yield f"一份文书最多 {MOST_BLOCKS} 块，现在有 {len(parts)} 块，请合并。"
    if parts[:1] != [Part.TITLE] or parts.count(Part.TITLE) != 1:
        yield "第一块应当是标题，而且只有一个标题。"
    if series_of(needs.code) and parts.count(Part.NUMBER) != 1:
        yield "这种文书编文号，应当有一块“文号”，只有一块。"
    if needs.to and parts[-1:] != [Part.SIGNATURE]:
        yield "最后一块应当是“署名和日期”。"


def _must(needs: Duty, blocks: Sequence[Block]) -> Iterator[str]:
    named = set(Words(needs.code, tuple(blocks)).slots())
    for name in needs.must:
        if name not in named and name not in (REMEDIES, needs.to):
            yield f"《{needs.title}》必须写明{SLOTS[name].explanation}，缺少“{{{name}}}”，请加上。"
    for name in needs.never:
        if name in named:
            yield f"《{needs.title}》发给别人，不能写明{SLOTS[name].explanation}，请删去“{{{name}}}”。"
    greeting = {slot for b in blocks if b.part is Part.ADDRESSEE for slot in b.slots}
    if needs.to and needs.to not in greeting:
        yield f"缺少称呼“{{{needs.to}}}：”，请加上一块“称呼”。"


def _remedies(needs: Duty, blocks: Sequence[Block]) -> Iterator[str]:
    """Invariant 7: told in every decision, whatever else is true of the case."""
    clauses = [block for block in blocks if REMEDIES in block.slots]
    if needs.decides and len(clauses) != 1:
        yield f"决定类文书必须告知救济途径，而且只告知一次：应当有一块“{{{REMEDIES}}}”（不变量七）。"
    if not needs.decides and clauses:
        yield f"《{needs.title}》不是决定，不告知救济途径，请删去“{{{REMEDIES}}}”。"
    if any(block.when or block.unless for block in clauses):
        yield "救济途径不能附条件，请把它的条件改为“总是”。"
