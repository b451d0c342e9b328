"""A figure's list, a page at a time, without anything that tells who a person is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.http import Http404

from gongkai.agencies.queries import names_on
from gongkai.annualreport.money import wan_yuan
from gongkai.figures import registry
from gongkai.figures.registry import Record, Scope
from gongkai.reporting.compile import FEE
from gongkai.reporting.models import CellList, Freeze
from gongkai.reporting.queries import frozen_uids

PAGE = 200
"""Rows on a page: what a phone still shows without waiting."""


@dataclass(frozen=True)
class Line:
    """One record as printed. *weight* is empty where every record counts one."""

    label: str
    detail: str
    agency: str
    on: date | None
    weight: str
    address: str


@dataclass(frozen=True)
class ListPage:
    """One page of a list of *total* lines."""

    lines: tuple[Line, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.total)

    @property
    def earlier(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def later(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def weighed(self) -> bool:
        return any(line.weight for line in self.lines)


@dataclass(frozen=True)
class Movement:
    """How the ledger differs from the list that was frozen."""

    gone: int
    come: int

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)


def frozen_list(freeze: Freeze, scope: Scope, key: str, page: int) -> tuple[ListPage, Movement]:
    """Return a page of what *key* counted when it was frozen, and how the ledger has moved since.

    Raises ``Http404`` for a figure the freeze does not have.
    """
    try:
        frozen = frozen_uids(freeze, key)
    except CellList.DoesNotExist as unknown:
        raise Http404(key) from unknown
    live = frozenset(registry.uids(scope, key))
    kept = (record for record in registry.records(scope, key) if record.uid in frozen)
    listed = _page(kept, len(frozen & live), page, key, scope)
    return listed, Movement(gone=len(frozen - live), come=len(live - frozen))


def draft_list(scope: Scope, key: str, page: int) -> ListPage:
    """Return a page of what *key* counts now."""
    total = sum(1 for _ in registry.uids(scope, key))
    return _page(registry.records(scope, key), total, page, key, scope)


def page_number(text: str) -> int:
    """Return the page asked for. Raises ``Http404`` for what is no page number."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 10**6):
        raise Http404(text)
    return int(text)


def unit_of(key: str) -> str:
    """Return the unit in which *key* is printed: the ledger keeps fees in 分, reports print 万元."""
    return "万元" if key == FEE else registry.definition(key).unit


def _page(records: Iterable[Record], total: int, page: int, key: str, scope: Scope) -> ListPage:
    start = (page - 1) * PAGE
    if start and start >= total:
        raise Http404(page)
    rows = list(islice(records, start, start + PAGE))
    names = {pk: name.name for pk, name in names_on(scope.as_of).items()}
    lines = tuple(_line(row, names, _weight(row, rows, key)) for row in rows)
    return ListPage(lines, total, page)


def _line(row: Record, names: Mapping[int, str], weight: str) -> Line:
    return Line(row.label, row.detail, names.get(row.agency_id, ""), row.on, weight, row.address)


def _weight(row: Record, rows: list[Record], key: str) -> str:
    if key == FEE:
        return wan_yuan(row.weight)
    return str(row.weight) if any(other.weight != 1 for other in rows) else ""
