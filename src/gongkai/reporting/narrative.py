"""Section text whose numbers are references to figures: nobody types a number the ledger knows.

``{t3.new.tot}`` prints the figure. ``{n.relayed:余}`` prints it rounded down to its leading digit with
余, as reports do (107 → 100余). ``{t2.fee}`` prints 万元.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.annualreport.money import wan_yuan
from gongkai.figures.registry import Value

_REFERENCE = re.compile(r"\{(?P<key>[a-z0-9_.]+)(?::(?P<form>[^{}]+))?\}")
_APPROXIMATELY = "余"
UNKNOWN = "（待定）"
"""Printed where a figure is not known yet."""

# Where a report states these figures in words, a typed number can be held against the figure.
_TYPED: Mapping[str, re.Pattern[str]] = {
    "n.items": re.compile(r"主动公开[^。；]{0,40}?信息\s*(?P<n>\d+)\s*(?P<about>余)?条"),
    "n.interpretations": re.compile(r"解读回应[^。；]{0,10}?\s*(?P<n>\d+)\s*(?P<about>余)?条"),
    "n.relayed": re.compile(r"国务院[^。；]{0,10}?信息\s*(?P<n>\d+)\s*(?P<about>余)?条"),
}


@dataclass(frozen=True)
class Slip:
    """A reference that cannot be printed, or a typed number the ledger contradicts."""

    key: str
    message: str


def expand(text: str, values: Mapping[str, Value]) -> str:
    """Return *text* with every reference printed."""
    return _REFERENCE.sub(lambda found: _printed(found["key"], found["form"], values), text)


def slips(text: str, values: Mapping[str, Value]) -> list[Slip]:
    """Return what is wrong with *text* (not yet expanded)."""
    return [*_unknown_references(text, values), *_typed_numbers(text, values)]


def references(text: str) -> list[str]:
    """Return the keys *text* refers to, in order."""
    return [found["key"] for found in _REFERENCE.finditer(text)]


def _printed(key: str, form: str | None, values: Mapping[str, Value]) -> str:
    value = values.get(key)
    if value is None or value.amount is None:
        return UNKNOWN
    if key == "t2.fee":
        return wan_yuan(value.amount)
    return approximate(value.amount) if form == _APPROXIMATELY else str(value.amount)


def approximate(n: int) -> str:
    """Return *n* as reports say it: 107 → 100余, 100 → 100, 7 → 7."""
    step = 10 ** (len(str(n)) - 1)
    floor = n // step * step
    return str(n) if floor == n else f"{floor}{_APPROXIMATELY}"


def _unknown_references(text: str, values: Mapping[str, Value]) -> list[Slip]:
    found = []
    for match in _REFERENCE.finditer(text):
        key, form = match["key"], match["form"]
        if key not in values:
            found.append(Slip(key, f"正文引用了不存在的数字 {{{key}}}，请从数字清单中选择。"))
        elif form not in (None, _APPROXIMATELY):
            found.append(
                Slip(
                    key,
                    f"正文引用 {{{key}:{form}}} 的写法不认识，只能写 {{{key}}} 或 {{{key}:余}}。",
                )
            )
    return found


def _typed_numbers(text: str, values: Mapping[str, Value]) -> list[Slip]:
    found = []
    for key, pattern in _TYPED.items():
        value = values.get(key)
        if value is None or value.amount is None:
            continue
        for match in pattern.finditer(text):
            if not _agrees(match, value.amount):
                found.append(
                    Slip(
                        key,
                        f"正文手写“{match['n']}{match['about'] or ''}条”，台账为 {value.amount} 条；请改为引用 {{{key}}}。",
                    )
                )
    return found


def _agrees(match: re.Match[str], amount: int) -> bool:
    typed = int(match["n"])
    same: Callable[[int], bool] = typed.__le__ if match["about"] else typed.__eq__
    return same(amount)
