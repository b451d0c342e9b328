"""What a visitor's address asks the search for, and what the page shows of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from gongkai.agencies.models import Agency
from gongkai.documents.models import Kind
from gongkai.registers.models import Register
from gongkai.search.results import Facets, Filters, Hit, Results

ADDRESS = "/search/"
KINDS: Mapping[str, str] = {
    str(code): str(label) for code, label in (*Kind.choices, *Register.choices)
}
"""What kinds of things are found: items of the documents, rows of the registers."""
_MOST_YEARS, _MOST_AGENCIES = 8, 12


@dataclass(frozen=True)
class Wanted:
    """What is typed, and what it is narrowed to: the code of an agency, a kind, a year, a column."""

    text: str = ""
    agency: str = ""
    kind: str = ""
    year: str = ""
    column: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """Read an address's query; what cannot be read narrows nothing."""
        kind, year, page = (query.get(name, "") for name in ("kind", "year", "page"))
        return cls(
            text=query.get("q", "").replace("\0", " "),
            agency=query.get("agency", "")[:9].replace("\0", ""),
            kind=kind if kind in KINDS else "",
            year=year if year.isascii() and year.isdigit() and len(year) == 4 else "",
            column=query.get("column", "")[:40].replace("\0", ""),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def filters(self, agencies: Mapping[str, int]) -> Filters:
        """Return the filters; *agencies* are primary keys by code, an unknown code finds nothing."""
        return Filters(
            agency_id=agencies.get(self.agency, 0) if self.agency else None,
            kind=self.kind or None,
            column=self.column or None,
            year=int(self.year) if self.year else None,
        )

    def address(self, **changed: object) -> str:
        """Return the address of this search with some of it *changed*; from another filter on, page 1."""
        now = {
            "q": self.text,
            "agency": self.agency,
            "kind": self.kind,
            "year": self.year,
            "column": self.column,
            "page": "",
        } | {name: str(value) for name, value in changed.items()}
        return f"{ADDRESS}?{urlencode({name: value for name, value in now.items() if value})}"


@dataclass(frozen=True)
class Choice:
    """One way to narrow the results, or, when it is *chosen*, to widen them again."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way the results divide: by agency, kind or year."""

    title: str
    choices: tuple[Choice, ...]


def facets_of(
    wanted: Wanted, facets: Facets, agencies: Mapping[int, tuple[str, str]]
) -> Iterator[Facet]:
    """Yield the ways to narrow, those with most results first, years newest first.

    *agencies* are code and name by primary key.
    """
    kinds = [(kind, KINDS[kind], count) for kind, count in facets.kinds.items()]
    years = [(str(year), f"{year} 年", count) for year, count in facets.years.items()]
    organs = [(*agencies[key], count) for key, count in facets.agencies.items() if key in agencies]
    yield Facet("种类", _choices(wanted, "kind", sorted(kinds, key=_by_count)))
    yield Facet("年份", _choices(wanted, "year", sorted(years, reverse=True)[:_MOST_YEARS]))
    yield Facet(
        "公开机关", _choices(wanted, "agency", sorted(organs, key=_by_count)[:_MOST_AGENCIES])
    )


def pages_of(wanted: Wanted, results: Results) -> dict[str, str | None]:
    """Return the addresses of the pages before and after."""
    before = wanted.address(page=results.page - 1) if results.page > 1 else None
    after = wanted.address(page=results.page + 1) if results.page < results.pages else None
    return {"before": before, "after": after}


@dataclass(frozen=True)
class Line:
    """A result as the page shows it."""

    hit: Hit
    kind: str
    agency: str


def lines_of(results: Results, agencies: Mapping[int, tuple[str, str]]) -> list[Line]:
    """Return the results with the names of their kind and agency."""
    return [
        Line(hit, KINDS[hit.kind], agencies.get(hit.agency_id, ("", ""))[1]) for hit in results.hits
    ]


def codes_and_names(names: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return code and name of every agency by primary key."""
    codes = dict(Agency.objects.values_list("pk", "code"))
    return {key: (codes[key], name) for key, name in names.items() if key in codes}


def _choices(wanted: Wanted, name: str, found: list[tuple[str, str, int]]) -> tuple[Choice, ...]:
    now = getattr(wanted, name)
    return tuple(
        Choice(label, count, wanted.address(**{name: "" if value == now else value}), value == now)
        for value, label, count in found
    )


def _by_count(choice: tuple[str, str, int]) -> tuple[int, str]:
    return -choice[2], choice[0]
