"""A workbook → the report its records compile to, with everything that stands in its way.

There is one counting rule, the ledger's: the records are entered into a throw-away ledger by the
actions that fill a real one, and the report is compiled and checked there as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Level
from gongkai.annualreport.model import Report
from gongkai.exchange.actions import Source, import_contents
from gongkai.exchange.apart import in_throwaway_ledger
from gongkai.exchange.consistency import CONTACT
from gongkai.exchange.directory import directory, level_of, names_used, sole_agency, with_owner
from gongkai.exchange.layout import fold
from gongkai.exchange.opening import shortfalls
from gongkai.exchange.problem import Problem, WorkbookRefused
from gongkai.exchange.reading import read_workbook
from gongkai.exchange.rows import AgencyRow, Contents
from gongkai.law.rules import Rules
from gongkai.people.actions import register_person
from gongkai.reporting.actions import open_report
from gongkai.reporting.compile import Draft, compile_draft
from gongkai.reporting.preflight import TYPED, Obstacle, obstacles
from gongkai.text.canonical import sha256_hex

_SINCE = date(1949, 10, 1)
_NOT_IN_WORKBOOK = "n."
"""Figures over items of information: a workbook has none, so a number typed in the text stands."""


@dataclass(frozen=True)
class Wanted:
    """Which report: of which year and agency (None: as the workbook tells), and last year's printed one."""

    today: date
    year: int | None = None
    agency: str | None = None
    prev: Report | None = None


@dataclass(frozen=True)
class Compiled:
    """A report, what stands in its way, what is missing from last year, and remarks on the reading."""

    report: Report
    obstacles: tuple[Obstacle, ...]
    shortfalls: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether the report could be frozen as it is."""
        return not self.shortfalls and not any(one.blocking for one in self.obstacles)


def compile_workbook(data: bytes, *, name: str, wanted: Wanted) -> Compiled:
    """Return the report of a workbook. No county's ledger is touched.

    Raises :class:`WorkbookRefused` with everything in the workbook that is not understood.
    """
    rules = Rules.national(wanted.today)
    contents = read_workbook(data, today=wanted.today, rules=rules, strict=False)
    year = _year(contents, wanted)
    issuer, contents = _with_issuer(contents, wanted)
    source = Source(name, sha256_hex(data))
    return in_throwaway_ledger(lambda: _compile(contents, source, issuer, year, wanted))


def _year(contents: Contents, wanted: Wanted) -> int:
    years = {row.year for row in contents.returns}
    if wanted.year is not None:
        return wanted.year
    if not years:
        raise _refused(
            "“报送”表里没有年度，看不出要编哪一年的年报，请用 --year 写明，例如 --year 2024"
        )
    return max(years)


def _with_issuer(contents: Contents, wanted: Wanted) -> tuple[str, Contents]:
    """Return the name of the body that reports, and *contents* with every agency in its list."""
    asked = _listed_name(contents, wanted.agency) if wanted.agency else ""
    contents, unowned = with_owner(contents, sole_agency(contents, asked))
    if unowned:
        raise WorkbookRefused(unowned)
    contents = _with_agencies(contents, asked)
    return asked or _county_or_only(contents), contents


def _listed_name(contents: Contents, asked: str) -> str:
    """Return the agency *asked* for under its full name, where the workbook lists it by its short one."""
    wanted = fold(asked)
    return next((row.name for row in contents.agencies if fold(row.short) == wanted), asked)


def _with_agencies(contents: Contents, asked: str) -> Contents:
    known = directory(contents.agencies).keys
    used = dict.fromkeys([*names_used(contents), *([asked] if asked else [])])
    missing = {fold(name): name for name in used if fold(name) not in known}
    own = {fold(name) for name in names_used(contents)}
    # The body that reports and has no record of its own owes none: it only adds up the others'.
    added = [AgencyRow(name=name, rolls_up=key in own) for key, name in missing.items()]
    return replace(contents, agencies=_coded([*contents.agencies, *added]))


def _coded(rows: Sequence[AgencyRow]) -> tuple[AgencyRow, ...]:
    """Return *rows* with what the ledger needs and the workbook may leave out, plainly of no meaning."""
    return tuple(
        replace(
            row,
            code=row.code or f"W{n:08d}",
            credit_code=row.credit_code or f"W{n:017d}",
            mark=row.mark or "无",
            since=row.since or _SINCE,
        )
        for n, row in enumerate(rows, start=1)
    )


def _county_or_only(contents: Contents) -> str:
    counties = dict.fromkeys(row.name for row in contents.agencies if level_of(row) is Level.COUNTY)
    names = list(counties) or [row.name for row in contents.agencies]
    codes = {row.code for row in contents.agencies if row.name in names}
    if len(codes) != 1:
        raise _refused(
            "看不出要编哪个机关的年报（县级年报汇总全县，部门年报只含本部门），"
            "请用 --agency 写明机关全称，例如 --agency 示例县人民政府"
        )
    return names[-1]


def _compile(
    contents: Contents, source: Source, issuer: str, year: int, wanted: Wanted
) -> Compiled:
    clerk = register_person(name="工作簿编报", staff_no="WORKBOOK", by=None)
    import_contents(contents, source=source, by=clerk)
    agency = Agency.objects.filter(names__name=issuer).first()
    if agency is None:
        raise _refused(f"工作簿里没有“{issuer}”，请核对 --agency 的机关名称")
    sections, contact = _texts(contents, issuer, year)
    order = Order(clerk, source.name)  # nobody holds a role in a ledger that is thrown away
    row = open_report(agency, year=year, contact=contact, sections=sections, order=order, by=clerk)
    draft = compile_draft(row, wanted.today)
    return Compiled(
        draft.report,
        tuple(_standing(draft, wanted.prev)),
        tuple(shortfalls(draft, wanted.prev)),
        contents.notes,
    )


def _standing(draft: Draft, prev: Report | None) -> Iterable[Obstacle]:
    return (
        one
        for one in obstacles(draft, prev=prev)
        if not (one.code == TYPED and all(cell.startswith(_NOT_IN_WORKBOOK) for cell in one.cells))
    )


def _texts(contents: Contents, issuer: str, year: int) -> tuple[dict[int, str], str]:
    names = directory(contents.agencies)
    own = {
        row.part: row.text
        for row in contents.sections
        if row.year == year and (not row.agency or names.key(row.agency) == names.key(issuer))
    }
    contact = own.pop(CONTACT, "（工作簿未写联系方式）")
    return {int(part): text for part, text in own.items()}, contact


def _refused(message: str) -> WorkbookRefused:
    return WorkbookRefused([Problem("工作簿", "", f"{message}。")])
