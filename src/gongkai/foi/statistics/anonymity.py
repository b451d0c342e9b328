"""Rows about requests that single nobody out: each combination released stands for at least *least* requests.

Rows are grouped as finely as they allow. A group that is too small gives up one thing after the other (the
days, the month, the agency, the outcome, the class) until it has company; what never finds enough goes into
one row that says nothing but its count, and takes the smallest released group along where it is too small
itself. Nothing is dropped, so that the sum is the number of requests. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

ANY = "不细分"
_ENDS = (5, 10, 20, 40)
"""Working days at which a band ends: coarse enough to be shared, fine enough to tell prompt from late."""
_OPEN = "尚未答复"
_ORGANISATIONS = "法人或者其他组织"


@dataclass(frozen=True, order=True)
class Traits:
    """What a released row tells of its requests; every word may be :data:`ANY`."""

    month: str
    agency: str
    klass: str
    outcome: str
    days: str


@dataclass(frozen=True)
class Released:
    """A row and how many requests it stands for."""

    traits: Traits
    count: int


class TooFew(Exception):
    """There are fewer requests than one group must have: nothing is released."""


def band(days: int | None) -> str:
    """Return how long it took, in words; None: not answered yet."""
    if days is None:
        return _OPEN
    most = next((end for end in _ENDS if days <= end), None)
    if most is None:
        return f"{_ENDS[-1]} 个工作日以上"
    before = _ENDS[: _ENDS.index(most)]
    return f"{before[-1] + 1} 至 {most} 个工作日" if before else f"{most} 个工作日以内"


def _coarser_class(traits: Traits) -> Traits:
    lone = traits.klass in ("自然人", ANY)
    return traits if lone else replace(traits, klass=_ORGANISATIONS)


_LADDER: Sequence[Callable[[Traits], Traits]] = (
    lambda one: one,
    _coarser_class,
    lambda one: replace(one, days=ANY),
    lambda one: replace(one, month=one.month[:4]),
    lambda one: replace(one, agency=ANY),
    lambda one: replace(one, outcome=ANY),
    lambda one: replace(one, klass=ANY),
)
"""What a group that is too small gives up, one after the other."""
_NOTHING = Traits(ANY, ANY, ANY, ANY, ANY)


def released(found: Iterable[Traits], least: int) -> list[Released]:
    """Return *found* as rows of at least *least* requests each. Raises :class:`TooFew`.

    Raises ``ValueError`` for a *least* that protects nobody.
    """
    if least < 2:  # a group of one is the person
        raise ValueError(least)
    left, rows = Counter(found), Counter[Traits]()
    if left.total() < least:
        raise TooFew(
            f"只有 {left.total()} 件，不到一组最少的 {least} 件，不能公开，以免认出申请人。"
        )
    for coarser in _LADDER:
        left = _merged(left, coarser)
        kept = Counter({traits: count for traits, count in left.items() if count >= least})
        rows += kept
        left -= kept
    _sweep(rows, left.total(), least)
    return [Released(traits, rows[traits]) for traits in sorted(rows)]


def smallest(rows: Iterable[Released]) -> int:
    """Return the size of the smallest combination among *rows*: the check before they leave the house."""
    sizes = Counter[Traits]()
    for row in rows:
        sizes[row.traits] += row.count
    return min(sizes.values(), default=0)


def _merged(left: Counter[Traits], coarser: Callable[[Traits], Traits]) -> Counter[Traits]:
    merged = Counter[Traits]()
    for traits, count in left.items():
        merged[coarser(traits)] += count
    return merged


def _sweep(rows: Counter[Traits], rest: int, least: int) -> None:
    """Put what found no company into the row that tells nothing, with as many groups as that row needs."""
    if rest:
        rows[_NOTHING] += rest
    while 0 < rows[_NOTHING] < least:
        victim = min((one for one in rows if one != _NOTHING), key=lambda one: (rows[one], one))
        rows[_NOTHING] += rows.pop(victim)
    if not rows[_NOTHING]:
        del rows[_NOTHING]
