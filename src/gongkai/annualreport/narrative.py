"""Numbers stated in the prose of a report, and what each of them is about.

`claims(text)` understands 41件, 100余条 (at least), 1158.4432万元, and statements of none such as
未发生 or 未收到. Which words lead to which figure is data: `narrative_topics.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

Bound = Literal["exact", "at_least", "at_most"]
_FILE = Path(__file__).parent / "narrative_topics.toml"
_SENTENCE = re.compile(r"[^。！!？?\n]+")
_UNITS = "件次|人次|条次|件|条|份|起|宗|篇|项|个|例|部|亿元|万元|元"
_NUMBER = re.compile(
    rf"(?P<limit>近|不足|超过?)?\s*(?<![\d.])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<more>余|多)?\s*"
    rf"(?P<tenk>万(?!元))?\s*(?P<more2>余|多)?\s*(?P<unit>{_UNITS})"
)
_TEN_THOUSAND = 10_000
_BREAKS = re.compile(r"[，；;：:（(]|,(?!\d)")
_WAN_YUAN = {
    "元": Decimal(1) / _TEN_THOUSAND,
    "万元": Decimal(1),
    "亿元": Decimal(_TEN_THOUSAND),
}


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a number may be about: cells of the report (their sum) or a register."""

    name: str
    cells: tuple[str, ...]
    check: str | None
    near: re.Pattern[str]
    after: re.Pattern[str] | None
    context: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    unless_sentence: re.Pattern[str] | None
    zero: re.Pattern[str] | None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A number as stated. `about` names the topic, or is None when the words do not tell.

    `where` is the span of the number in the text given; `value` is in `unit` as printed.
    """

    text: str
    value: Decimal
    about: str | None
    where: tuple[int, int]
    unit: str = ""
    bound: Bound = "exact"
    sentence: str = ""

    def agrees_with(self, figure: Decimal | int) -> bool:
        """Tell whether `figure` (in the same unit) is what is stated, bounds respected."""
        if self.bound == "at_least":
            return self.value <= figure
        return figure <= self.value if self.bound == "at_most" else figure == self.value

    @property
    def wan_yuan(self) -> Decimal:
        """The value in 万元. Raises `KeyError` when the unit is not money."""
        return self.value * _WAN_YUAN[self.unit]

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in _WAN_YUAN


@lru_cache
def topics() -> dict[str, Topic]:
    """Every topic by name, in the order in which they are tried."""
    with _FILE.open("rb") as file:
        tables = tomllib.load(file)["topic"]
    return {table["name"]: _topic(table) for table in tables}


def claims(text: str) -> list[Claim]:
    """Return every stated number with a unit, and every statement of none, in text order."""
    found: list[Claim] = []
    for sentence in _SENTENCE.finditer(_same_length_plain(text)):
        numbers = list(_in_sentence(sentence[0]))
        zeros = _zeros(sentence[0], {claim.about for claim in numbers})
        found += [_moved(claim, sentence.start()) for claim in (*numbers, *zeros)]
    return sorted(found, key=lambda claim: claim.where)


def cells_of(topic: Topic, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of `keys` that a topic sums; `t3.r3_*.tot` stands for all its rows."""
    patterns = [re.escape(cell).replace(r"\*", r"\d+") for cell in topic.cells]
    return tuple(key for key in keys if any(re.fullmatch(one, key) for one in patterns))


def _topic(table: dict[str, object]) -> Topic:
    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(str(table[name])) if name in table else None

    cells = table["cells"]
    return Topic(
        name=str(table["name"]),
        cells=tuple(cells) if isinstance(cells, list) else (),
        check=str(table["check"]) if "check" in table else None,
        near=re.compile(str(table["near"])),
        after=pattern("after"),
        context=pattern("context"),
        unless=pattern("unless"),
        unless_sentence=pattern("unless_sentence"),
        zero=pattern("zero"),
    )


def _same_length_plain(text: str) -> str:
    """Half-width digits and letters without moving any position; Chinese punctuation stays."""
    return "".join(_half(sign) for sign in text)


def _half(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and (plain.isalnum() or plain in ".%") else sign


def _in_sentence(sentence: str) -> Iterator[Claim]:
    last = 0
    for number in _NUMBER.finditer(sentence):
        start = max(
            [last, *(cut.end() for cut in _BREAKS.finditer(sentence, last, number.start()))]
        )
        before = "".join(sentence[start : number.start()].split())
        after = "".join(sentence[number.end() :].split())
        topic = _about(before, after, "".join(sentence.split()))
        last = number.end()
        yield Claim(
            text=sentence[start : number.end()].strip(),
            value=_value(number),
            about=topic.name if topic else None,
            where=number.span(),
            unit=number["unit"],
            bound=_bound(number),
            sentence=sentence.strip(),
        )


def _about(before: str, after: str, sentence: str) -> Topic | None:
    return next((t for t in topics().values() if _fits(t, before, after, sentence)), None)


def _fits(topic: Topic, before: str, after: str, sentence: str) -> bool:
    led = topic.near.search(before) or (topic.after and topic.after.search(after))
    if not led or (topic.context and not topic.context.search(sentence)):
        return False
    if topic.unless and topic.unless.search(before):
        return False
    return not (topic.unless_sentence and topic.unless_sentence.search(sentence))


def _value(number: re.Match[str]) -> Decimal:
    value = Decimal(number["number"].replace(",", ""))
    return value * _TEN_THOUSAND if number["tenk"] else value


def _bound(number: re.Match[str]) -> Bound:
    if number["limit"] in ("近", "不足"):
        return "at_most"
    return "at_least" if number["more"] or number["more2"] or number["limit"] else "exact"


def _zeros(sentence: str, stated: set[str | None]) -> Iterator[Claim]:
    for topic in topics().values():
        none = topic.zero.search(sentence) if topic.zero and topic.name not in stated else None
        if none:
            yield Claim(
                text=none[0],
                value=Decimal(0),
                about=topic.name,
                where=none.span(),
                sentence=sentence.strip(),
            )


def _moved(claim: Claim, by: int) -> Claim:
    return replace(claim, where=(claim.where[0] + by, claim.where[1] + by))
