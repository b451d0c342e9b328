"""The tree of columns and each column's page: what is in it, who answers for it, and when nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import AgencyName
from gongkai.agencies.queries import names_on as agencies_on
from gongkai.audit import clock
from gongkai.columns.models import DUTIES, Column, ColumnEnding, ColumnName
from gongkai.columns.queries import Answering, answering_on, days_allowed, endings_on, names_on
from gongkai.law.fields import FIELDS
from gongkai.law.platform import INSTITUTIONS, Section
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.lists import Row, row_of
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.listings import FULL, column_of, of_column, page_of
from gongkai.publication.models import Publication
from gongkai.publication.queries import Filling, entries, fillings, lists_of
from gongkai.rulebook.queries import rules_on

TREE = f"c/{addresses.INDEX}"
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "guide": ("guide", "政府信息公开指南"),
    "directory": ("catalogue", "政府信息公开目录"),
    "functions": ("organs", "各机关的职能、地址和联系方式"),
    "annual-report": ("reports", "已公布的年度报告"),
}
"""Standard columns whose content is a page made from data: the page's name among the addresses, and its title."""


@dataclass(frozen=True)
class Line:
    """A column in the tree. *own* places are taken in its list, *count* in it and those below; *last* of both."""

    column: Column
    name: str
    owner: AgencyName | None
    own: int
    count: int
    last: date | None
    ending: ColumnEnding | None
    below: tuple[Line, ...]

    @property
    def slug(self) -> str:
        return self.column.slug

    @property
    def elsewhere(self) -> tuple[str, str] | None:
        """The page made from data that fills this column, if there is one: (address, title)."""
        found = ELSEWHERE.get(self.slug)
        return (reverse(found[0]), found[1]) if found else None

    @property
    def is_empty(self) -> bool:
        return not (self.count or self.elsewhere)


@dataclass(frozen=True)
class _Known:
    """What the lines of a day are made of."""

    columns: Sequence[Column]
    names: Mapping[int, str]
    endings: Mapping[int, ColumnEnding]
    answering: Mapping[int, Answering]
    agencies: Mapping[int, AgencyName]
    filled: Mapping[str, Filling]


def render_tree(key: str) -> bytes | None:
    """The page of all columns, closed ones apart."""
    lines = _lines(_known(clock.today()))
    top = [line for line in lines.values() if line.column.parent_id is None]
    closed = [line for line in lines.values() if line.ending]
    values = {
        "lines": [line for line in top if not line.ending],
        "closed": closed,
        "total": len(lines) - len(closed),
    }
    return page("portal/columns.html", "/c/", values, meta=column_metadata("栏目"))


def render_column(slug: str) -> bytes | None:
    """A column's page: those below it, its newest entries, and what it is for. It stays once the column is closed."""
    today = clock.today()
    lines = _lines(_known(today))
    line = lines.get(slug)
    if line is None:
        return None
    path, rules = addresses.column_path(slug), rules_on(today)
    values = {
        "line": line,
        "above": list(_above(line, lines)),
        "rows": _newest(line),
        "older": _older(line),
        "every": days_allowed(line.column, rules),
        "duty": DUTIES.get(line.column.duty),
        "field": FIELDS.get(line.column.field),
        "institutions": INSTITUTIONS if line.column.section == Section.INSTITUTIONS else (),
        "former": _former(line.column, today)[:-1],
    }
    meta = column_metadata(line.name, line.column.basis)
    return page("portal/column.html", addresses.address(path), values, meta=meta)


def column_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the columns *publications* stand in, and those above them: they count what is below."""
    found = _columns_of(publications)
    if not found:
        return found
    parents = dict(Column.objects.values_list("slug", "parent__slug"))
    above = set[str]()
    for slug in found:
        parent = parents.get(slug)
        while parent:
            above.add(parent)
            parent = parents[parent]
    return found | above


def tree_keys(publications: Sequence[Publication]) -> list[str]:
    """Return the one key of the tree where something stands in a column."""
    return [""] if _columns_of(publications) else []


def every_column() -> Iterator[str]:
    """Every column that was ever opened has its page, for ever."""
    opened = Column.objects.filter(opened__lte=clock.today()).order_by("pk")
    yield from opened.values_list("slug", flat=True)


def _columns_of(publications: Sequence[Publication]) -> set[str]:
    return {slug for listing in lists_of(publications) if (slug := column_of(listing))}


def _known(on: date) -> _Known:
    return _Known(
        list(Column.objects.filter(opened__lte=on).order_by("pk")),
        names_on(on),
        endings_on(on),
        answering_on(on),
        agencies_on(on),
        fillings(),
    )


def _lines(known: _Known) -> dict[str, Line]:
    """Return every column's line by its address, in the order they were opened."""
    below: dict[int | None, list[Column]] = {}
    for column in known.columns:
        below.setdefault(column.parent_id, []).append(column)
    made: dict[int, Line] = {}

    def make(column: Column) -> Line:
        lines = tuple(make(one) for one in below.get(column.pk, ()))
        made[column.pk] = _line(column, lines, known)
        return made[column.pk]

    for column in below.get(None, ()):
        make(column)
    return {column.slug: made[column.pk] for column in known.columns if column.pk in made}


def _line(column: Column, below: tuple[Line, ...], known: _Known) -> Line:
    filled = known.filled.get(column.slug)
    days = [line.last for line in below if line.last] + ([filled.last] if filled else [])
    answers = known.answering.get(column.pk)
    own = filled.count if filled else 0
    return Line(
        column,
        known.names.get(column.pk, column.slug),
        known.agencies.get(answers.agency) if answers and not answers.gone else None,
        own,
        own + sum(line.count for line in below),
        max(days, default=None),
        known.endings.get(column.pk),
        tuple(line for line in below if not line.ending or line.count),
    )


def _above(line: Line, lines: Mapping[str, Line]) -> Iterator[Line]:
    parents = {one.column.pk: one for one in lines.values()}
    found = []
    while (key := line.column.parent_id) is not None:
        line = parents[key]
        found.append(line)
    yield from reversed(found)


def _newest(line: Line) -> list[Row]:
    last = line.own
    shown = entries(of_column(line.slug), last - FULL, last) if last else []
    return [row_of(entry) for entry in shown]


def _older(line: Line) -> str:
    if not line.own:
        return ""
    key = addresses.archive_key(of_column(line.slug), page_of(line.own))
    return addresses.address(addresses.archive_path(key))


def _former(column: Column, on: date) -> list[ColumnName]:
    return list(ColumnName.objects.filter(column=column, since__lte=on).order_by("since"))
