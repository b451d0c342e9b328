"""Matching printed labels to the keys of a format, tolerant of print but not of meaning."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.wording import fold, fold_unnumbered

# A slip of one or two characters in a label of six still means that label; less alike is another.
_ALIKE = 0.8
_SHORTEST_SLIP = 4


class LabelMatcher:
    """Finds the key whose wording is printed: equal first, then the one that is clearly nearest."""

    def __init__(self, wordings: Mapping[str, Iterable[str]]) -> None:
        self._folded: dict[str, str] = {}
        for fold_one in (fold, fold_unnumbered):
            for key, texts in wordings.items():
                for text in texts:
                    self._folded.setdefault(fold_one(text), key)
        # Reports repeat each other's labels and slips; looking for the nearest is slow.
        self._near = lru_cache(maxsize=4096)(self._search)

    def equal(self, text: str) -> str | None:
        """Return the key whose wording is `text`, apart from width, blanks and punctuation."""
        return self._folded.get(fold(text)) or self._folded.get(fold_unnumbered(text))

    def nearest(self, text: str, among: Iterable[str] | None = None) -> str | None:
        """Return the key that `text` is a slip of, when exactly one is near enough."""
        return self._near(fold(text), None if among is None else frozenset(among))

    def _search(self, plain: str, allowed: frozenset[str] | None) -> str | None:
        if len(plain) < _SHORTEST_SLIP or plain.isdigit():
            return None
        scores: dict[str, float] = {}
        for wording, key in self._folded.items():
            if allowed is None or key in allowed:
                score = _alike(plain, wording)
                scores[key] = max(score, scores.get(key, 0.0))
        near = sorted(((score, key) for key, score in scores.items()), reverse=True)
        if not near or near[0][0] < _ALIKE:
            return None
        return None if len(near) > 1 and near[0][0] == near[1][0] else near[0][1]

    def match(self, text: str) -> str | None:
        """Return the key for `text`: equal if possible, else the nearest."""
        return self.equal(text) or self.nearest(text)


def _alike(one: str, other: str) -> float:
    if 2 * min(len(one), len(other)) < _ALIKE * (len(one) + len(other)):
        return 0.0
    pair = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return pair.ratio() if pair.quick_ratio() >= _ALIKE else 0.0


@lru_cache
def request_rows(form: ReportFormat) -> LabelMatcher:
    """Row labels of table 3."""
    return LabelMatcher({row.key: (row.label, *row.also) for row in form.t3.rows})


@lru_cache
def request_columns(form: ReportFormat) -> LabelMatcher:
    """Column labels of table 3."""
    return LabelMatcher({column.key: (column.label,) for column in form.t3.columns})


@lru_cache
def action_rows(form: ReportFormat) -> LabelMatcher:
    """Row labels of table 2; the key is that of the row's first cell."""
    rows = (row for block in form.t2 for row in block.rows)
    return LabelMatcher({row.cells[0].key: (row.label, *row.also) for row in rows})


@lru_cache
def action_blocks(form: ReportFormat) -> LabelMatcher:
    """Captions of the blocks of table 2; the key is the caption itself."""
    return LabelMatcher({block.label: (block.label,) for block in form.t2})


@lru_cache
def dispute_blocks(form: ReportFormat) -> LabelMatcher:
    """Captions of the blocks of table 4."""
    return LabelMatcher({block.key: (block.path[-1],) for block in form.t4.blocks})


@lru_cache
def dispute_columns(form: ReportFormat) -> LabelMatcher:
    """Column labels of table 4."""
    return LabelMatcher({column.key: (column.label,) for column in form.t4.columns})
