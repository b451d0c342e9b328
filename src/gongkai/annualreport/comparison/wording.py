"""How much of a report's wording stands, the same, in another report.

The measure is over sentences. A sentence counts as unchanged when the other report has one whose
wording (without numbers, years, punctuation, and each body's own names) shares nearly all its pairs
of neighbouring characters (`likeness` of at least `same_sentence.least`), or when that share of its
runs of six characters stands somewhere in the other section, so that joining or splitting sentences
hides nothing. Last year's sentence with this year's figures, or a neighbour's with our name in it, is
unchanged; a rewritten one is not.
Sentences the format itself asks for (统计期限、编制依据、联系方式、信息处理费) and very short ones are
not counted on either side. The share is of characters of wording, so that a long copied sentence
weighs more than a short one of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annualreport.checking.likeness import (
    is_required,
    likeness,
    own_names,
    sentences,
    wording,
)
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.model import Report

_RUN = 6


@dataclass(frozen=True)
class Pair:
    """A sentence of the report and the one in the other report that says the same."""

    now: str
    other: str


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """One section beside the same section of another report.

    `counted` and `same` are characters of wording; `pairs` are the unchanged sentences, in order.
    """

    section: str
    counted: int
    same: int
    pairs: tuple[Pair, ...]

    @property
    def share(self) -> float:
        """The unchanged share from 0 to 1; 0 where there is nothing to count."""
        return self.same / self.counted if self.counted else 0.0


@dataclass(frozen=True)
class _Sentence:
    text: str
    wording: str


def section_likeness(current: Report, other: Report, section: str) -> Likeness:
    """Return how much of one section of `current` stands unchanged in `other`."""
    here, there = _counted(current, section), _counted(other, section)
    standing = _runs("".join(one.wording for one in there))
    pairs: list[Pair] = []
    same = 0
    for one in here:
        found = _same_as(one, there, standing)
        if found is not None:
            pairs.append(Pair(one.text, found.text))
            same += len(one.wording)
    counted = sum(len(one.wording) for one in here)
    return Likeness(section=section, counted=counted, same=same, pairs=tuple(pairs))


def _counted(report: Report, section: str) -> list[_Sentence]:
    names = own_names(report.issuer)
    shortest = int(threshold("same_sentence", "length"))
    found = [
        _Sentence(text, wording(text, names))
        for text in sentences(report.sections.get(section, ""))
        if not is_required(text)
    ]
    return [one for one in found if len(one.wording) >= shortest]


def _same_as(
    one: _Sentence, others: Sequence[_Sentence], standing: frozenset[str]
) -> _Sentence | None:
    """The sentence of the other report that says the same; None when none does."""
    least = float(threshold("same_sentence", "least"))
    best = max(others, key=lambda other: likeness(one.wording, other.wording), default=None)
    if best is None:
        return None
    if likeness(one.wording, best.wording) >= least:
        return best
    runs = _runs(one.wording)
    return best if runs and len(runs & standing) >= least * len(runs) else None


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _RUN] for place in range(len(text) - _RUN + 1))
