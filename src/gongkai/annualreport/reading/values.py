"""From printed cells to values, keeping every reading that the print allows."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from math import comb

from gongkai.annualreport.format import CellKind
from gongkai.annualreport.model import Cell

# No count of a report has more digits; a longer run is rubbish and stays text.
_COUNT = re.compile(r"-?\d{1,15}|-?\d{1,3}(,\d{3}){1,5}", re.ASCII)
_CHANGE = re.compile(r"(?:(?P<up>\+|增加?)|(?P<down>[-−—]|减少?))?(?P<size>\d{1,15})", re.ASCII)
_REMARK = re.compile(r"(?P<number>\d[\d,]*)\([^()]*\)")
_UNIT = re.compile(r"(?<=\d)(万元|元)$")
_MONEY = re.compile(r"-?\d[\d,]{0,24}(\.\d{1,24})?", re.ASCII)
Candidate = tuple[str, ...]
_MOST_PLACINGS = 256


def cell_value(printed: str, kind: CellKind = "count") -> Cell:
    """Return the value of a printed cell: int, the text itself when it is no number, or None."""
    plain = unicodedata.normalize("NFKC", printed).strip()
    if not plain:
        return None
    if kind in ("money", "amount"):
        amount = _UNIT.sub("", plain) if kind == "amount" else plain
        return amount.replace(",", "") if _MONEY.fullmatch(amount) else plain
    if kind == "change":
        return _signed(plain)
    remarked = _REMARK.fullmatch("".join(plain.split()))
    plain = remarked["number"] if remarked else plain
    return int(plain.replace(",", "")) if _COUNT.fullmatch(plain) else plain


def _signed(plain: str) -> Cell:
    """The value of 本年增/减: +5, 增5, -18, 减18."""
    found = _CHANGE.fullmatch("".join(plain.split()))
    if found is None:
        return plain
    return -int(found["size"]) if found["down"] else int(found["size"])


def is_filled(printed: str) -> bool:
    """Tell whether something is printed in a cell."""
    return bool(printed.strip())


def candidates(fields: Sequence[str], width: int, start: int | None) -> tuple[Candidate, ...]:
    """Return every way to read `width` cells out of `fields`, the likeliest first.

    `start` is where the header's labels stand over `fields`; it decides between readings that
    differ only in blanks. Without it all are kept, for the identities to choose from. Nothing is
    returned when there are too many ways.
    """
    filled = [place for place, text in enumerate(fields) if is_filled(text)]
    if not filled:
        return (("",) * width,)
    if len(filled) == width:
        return (tuple(fields[place] for place in filled),)
    windows = _windows(fields, width, filled)
    if start is not None and len(windows) > 1:
        under_header = tuple(fields[start : start + width]) if start >= 0 else ()
        if under_header in windows:
            return (under_header,)
    return windows


def _windows(fields: Sequence[str], width: int, filled: Sequence[int]) -> tuple[Candidate, ...]:
    if len(filled) > width:
        printed = [fields[place] for place in filled]
        found = [tuple(printed[at : at + width]) for at in range(len(printed) - width + 1)]
    elif len(fields) < width:
        found = _with_gaps(tuple(fields), width)
    else:
        firsts = range(max(0, filled[-1] - width + 1), min(filled[0], len(fields) - width) + 1)
        found = [tuple(fields[at : at + width]) for at in firsts]
    return tuple(dict.fromkeys(found))


def _with_gaps(fields: Candidate, width: int) -> list[Candidate]:
    """Every way to place too few cells: a missing cell may be missing anywhere."""
    if comb(width, len(fields)) > _MOST_PLACINGS:
        return []
    found: list[Candidate] = []
    for places in itertools.combinations(range(width), len(fields)):
        at = dict(zip(places, fields, strict=True))
        found.append(tuple(at.get(place, "") for place in range(width)))
    return found
