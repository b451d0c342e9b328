"""Which run of figures belongs to which row: rows keep their official order, labels decide.

A label is often damaged: wrapped over two lines with the figures in between, misspelt, or printed
after its figures. Each pair of a row and a zone gets a likeness; the alignment with the greatest
sum in which both orders are kept is the reading.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annualreport.reading.zones import Zone

# Below this a zone is not taken for a row at all: it is a year in a heading or a page number.
_LEAST = 0.3
_SAME_WIDTH, _OTHER_WIDTH, _COUNTED = 0.3, -0.4, -0.6
_DETACHED = 0.15
_SHORTEST_PART = 4
_NEAR = 14


@dataclass(frozen=True)
class RowLabel:
    """A row to be found: its key, the folded wordings of its label, and its number of cells."""

    key: str
    wordings: tuple[str, ...]
    width: int


def find_rows(rows: Sequence[RowLabel], zones: Sequence[Zone]) -> dict[str, int]:
    """Return for each row found the place of its zone: in order first, then whatever stands apart."""
    found = _completed(rows, zones, align(rows, zones))
    for row in rows:
        if row.key not in found:
            used = set(found.values())
            apart = (
                place for place, zone in enumerate(zones) if place not in used and _named(row, zone)
            )
            place = next(apart, None)
            if place is not None:
                found[row.key] = place
    return found


def _completed(
    rows: Sequence[RowLabel], zones: Sequence[Zone], found: dict[str, int]
) -> dict[str, int]:
    """Rows between two that are certain take the zones between them, when there are as many of both.

    So it is where labels were torn off and printed after their figures: the next zone seems to be
    theirs, and one is left over.
    """
    certain = [-1]
    certain += [
        r for r, row in enumerate(rows) if row.key in found and _beside(row, zones[found[row.key]])
    ]
    completed = dict(found)
    for first, last in zip(certain, [*certain[1:], len(rows)], strict=True):
        start = found[rows[first].key] + 1 if first >= 0 else 0
        end = found[rows[last].key] if last < len(rows) else len(zones)
        between = rows[first + 1 : last]
        places = [z for z in range(start, end) if _fits(zones[z], between)]
        if len(places) == len(between) and any(row.key not in found for row in between):
            completed |= {row.key: z for row, z in zip(between, places, strict=True)}
    return completed


def _beside(row: RowLabel, zone: Zone) -> bool:
    """The label stands on the line of its figures."""
    return zone.beside and zone.lead.endswith(row.wordings)


def _fits(zone: Zone, rows: Sequence[RowLabel]) -> bool:
    return bool(rows) and len(zone.fields) == rows[0].width > 1 and not zone.counted


def _named(row: RowLabel, zone: Zone) -> bool:
    """A zone out of order counts only under the whole label, with a believable number of figures."""
    whole = zone.lead.endswith(tuple(word for word in row.wordings if len(word) > 1))
    return whole and len(zone.fields) <= row.width and not zone.counted


def align(rows: Sequence[RowLabel], zones: Sequence[Zone]) -> dict[str, int]:
    """Return for each row found the place of its zone."""
    best = [[0.0] * (len(zones) + 1) for _ in range(len(rows) + 1)]
    for r in range(len(rows) - 1, -1, -1):
        for z in range(len(zones) - 1, -1, -1):
            taken = _score(rows[r], zones[z])
            joined = taken + best[r + 1][z + 1] if taken >= _LEAST else -1.0
            best[r][z] = max(best[r + 1][z], best[r][z + 1], joined)
    return _trace(rows, zones, best)


def _trace(
    rows: Sequence[RowLabel], zones: Sequence[Zone], best: Sequence[Sequence[float]]
) -> dict[str, int]:
    """Follow the best sums; of equal ones the earliest zone is taken."""
    found: dict[str, int] = {}
    r = z = 0
    while r < len(rows) and z < len(zones):
        taken = _score(rows[r], zones[z])
        if taken >= _LEAST and best[r][z] == taken + best[r + 1][z + 1]:
            found[rows[r].key] = z
            r, z = r + 1, z + 1
        elif best[r][z] == best[r + 1][z]:
            r += 1
        else:
            z += 1
    return found


def _score(row: RowLabel, zone: Zone) -> float:
    if not zone.lead:
        # A label torn off: believable for a whole row of figures, not for a single one.
        return _DETACHED + _SAME_WIDTH if len(zone.fields) == row.width > 1 else 0.0
    likeness = max(_likeness(zone.lead[-120:], wording) for wording in row.wordings)
    if likeness == 0.0:
        return 0.0
    if len(zone.fields) == row.width:
        likeness += _SAME_WIDTH
    elif len(zone.fields) > row.width or sum(map(len, zone.fields)) < row.width:
        likeness += _OTHER_WIDTH
    return likeness + (_COUNTED if zone.counted else 0.0)


@lru_cache(maxsize=65536)
def _likeness(lead: str, wording: str) -> float:
    """Return 1 for a label right before the figures, less the more it is damaged, 0 for none."""
    if lead.endswith(wording):
        return 1.0 + min(len(wording), 20) / 1000  # 3其他 is more than 其他
    near = lead[-len(wording) - _NEAR :]
    if wording in near:
        return 0.9
    return max(_begun(near, wording), _alike(near[-len(wording) - 2 :], wording))


def _begun(lead: str, wording: str) -> float:
    """A label whose end comes after the figures: how much of its beginning stands before them."""
    for size in range(min(len(wording), len(lead)), _SHORTEST_PART - 1, -1):
        if lead.endswith(wording[:size]):
            return 0.5 + 0.3 * size / len(wording)
    return 0.0


def _alike(lead: str, wording: str) -> float:
    pair = difflib.SequenceMatcher(None, lead, wording, autojunk=False)
    if pair.quick_ratio() < 0.5:
        return 0.0
    common = sum(block.size for block in pair.get_matching_blocks() if block.size > 1)
    share = common / len(wording)
    return 0.7 * share if share >= 0.6 and common >= _SHORTEST_PART else _part(pair, wording)


def _part(pair: difflib.SequenceMatcher[str], wording: str) -> float:
    """The middle of a long label printed as a line of its own."""
    size = max(block.size for block in pair.get_matching_blocks())
    return 0.4 if size >= 7 and size * 3 >= len(wording) else 0.0
