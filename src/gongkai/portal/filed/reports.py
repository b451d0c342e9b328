"""Released annual reports as files: the report, its data, and behind every figure the records it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404

from gongkai.agencies.queries import names_on
from gongkai.annualreport.model import to_json
from gongkai.audit import clock
from gongkai.audit.subscribers import Told
from gongkai.figures import registry
from gongkai.figures.registry import Definition
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import Frame, page
from gongkai.portal.filed.home import FRONT
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.illustrations import illustrations
from gongkai.portal.lists import PAGE, frozen_list, page_number, unit_of
from gongkai.portal.narrative import paragraphs
from gongkai.portal.released import Released, released_or_404
from gongkai.portal.tables import tables
from gongkai.publication.actions.asking import ask_soon
from gongkai.reporting.models import Report
from gongkai.reporting.queries import cell_sizes, released
from gongkai.text.canonical import canonical_bytes

_META = column_metadata("政府信息公开年报")


def render_reports(key: str) -> bytes:
    """Every released report, the newest year first."""
    values = {"years": _by_year()}
    return page("portal/reports.html", "/report/", values, meta=_META)


def render_reports_twin(key: str) -> bytes:
    """The same as data."""
    rows = [
        {
            "agency": row.agency.code,
            "year": row.year,
            "released_on": row.released_on.isoformat() if row.released_on else None,
            "address": f"/report/{row.agency.code}/{row.year}/",
        }
        for row in released().defer("released__canonical")
    ]
    return canonical_bytes({"reports": rows})


def render_report(key: str) -> bytes | None:
    """The report as the office format prints it, every figure a door to its list."""
    found = _found(key)
    if found is None:
        return None
    values = {
        "found": found,
        "report": found.report,
        "sections": _sections(found),
        "charts": illustrations(found),
        "errata": [(erratum, registry.definition(erratum.cell)) for erratum in found.errata],
    }
    return page("portal/report.html", found.address, values, meta=_META)


def render_report_twin(key: str) -> bytes | None:
    """The same report as data."""
    found = _found(key)
    return None if found is None else to_json(found.report)


def render_cell(key: str) -> bytes | None:
    """Behind a figure: what it means and the records it counts, two hundred a page."""
    (page_of_cell,) = render_cells([key])
    return page_of_cell


def render_cells(keys: Sequence[str]) -> Iterator[bytes | None]:
    """The same for many pages: a report is read once for all its figures."""
    read: dict[str, Released | None] = {}
    frame = Frame.of_today()
    for key in keys:
        of = "/".join(key.split("/")[:2])
        if of not in read:
            read[of] = _found(of)
        found = read[of]
        yield _cell(frame, found, key) if found else None


def _cell(frame: Frame, found: Released, key: str) -> bytes | None:
    _, _, cell, number = _cell_of(key)
    try:
        definition = definition_or_404(cell)
        listed, movement = frozen_list(found.freeze, found.scope, cell, page_number(number))
    except Http404:
        return None
    values = {
        "found": found,
        "report": found.report,
        "definition": definition,
        "name": found.report.form.names.get(cell, definition.title),
        "value": _printed(found, cell, listed.total + movement.gone),
        "unit": unit_of(cell),
        "list": listed,
        "movement": movement,
        "errata": [erratum for erratum in found.errata if erratum.cell == cell],
        "pages_at": found.cell_address(cell),
    }
    where = addresses.address(cell_path(key))
    return frame.page("portal/cell.html", where, values, meta=_META)


def definition_or_404(key: str) -> Definition:
    """Return what *key* means. Raises ``Http404`` for a key no room has registered."""
    try:
        return registry.definition(key)
    except registry.UnknownFigure as unknown:
        raise Http404(key) from unknown


def reports_path(key: str) -> str:
    return f"report/{addresses.INDEX}"


def reports_twin_path(key: str) -> str:
    return "report/index.json"


def report_path(key: str) -> str:
    return f"report/{key}/{addresses.INDEX}"


def report_twin_path(key: str) -> str:
    return f"report/{key}/report.json"


def cell_key(code: str, year: int, cell: str, number: int = 1) -> str:
    """Return the key of a page of a figure's list."""
    return f"{code}/{year}/{cell}/{number}"


def cell_path(key: str) -> str:
    code, year, cell, number = _cell_of(key)
    further = f"p/{number}/" if number != "1" else ""
    return f"report/{code}/{year}/cell/{cell}/{further}{addresses.INDEX}"


def every_report() -> Iterator[str]:
    for code, year in released().values_list("agency__code", "year"):
        yield f"{code}/{year}"


def every_cell() -> Iterator[str]:
    """Every page of every list of a released report: as many as there were records when it was frozen."""
    for row in released().defer("released__canonical"):
        yield from cells_of(row)


def cells_of(row: Report) -> Iterator[str]:
    """Yield the pages of the lists of *row*; none while it is not released."""
    if row.released_id is None:
        return
    for leaf, size in cell_sizes(row.released_id):
        for number in range(1, max(1, -(-size // PAGE)) + 1):
            yield cell_key(row.agency.code, row.year, leaf, number)


def report_changed(told: Told) -> None:
    """Make due what a release or a correction changes: that report, and the charts of the agency's others."""
    if told.kind not in ("report.released", "report.corrected"):
        return
    rows = list(released().filter(agency__code=told.stream).defer("released__canonical"))
    pages = [(name, *FRONT) for name in ("home", "reports", "reports-twin", "site-map")]
    for row in rows:
        key = f"{row.agency.code}/{row.year}"
        pages += [("report", key), ("report-twin", key)]
        if f"report:{row.uid}" == told.subject:
            pages += [("cell", cell) for cell in cells_of(row)]
    ask_soon(pages)


def _found(key: str) -> Released | None:
    code, _, year = key.partition("/")
    try:
        return released_or_404(code, int(year))
    except Http404:
        return None


def _cell_of(key: str) -> tuple[str, str, str, str]:
    code, year, cell, number = key.split("/")
    return code, year, cell, number


def _by_year() -> list[tuple[int, list[tuple[Report, str]]]]:
    names = names_on(clock.today())
    years: dict[int, list[tuple[Report, str]]] = {}
    for row in released().defer("released__canonical"):
        years.setdefault(row.year, []).append((row, names[row.agency_id].name))
    return list(years.items())


def _sections(found: Released) -> list[dict[str, object]]:
    corrections = {erratum.cell: erratum.new for erratum in found.errata}
    by_section = tables(found.report, found.cell_address, corrections)
    sources = {str(section.n): section.text for section in found.row.sections.all()}
    return [
        {
            "n": section.key,
            "heading": section.heading,
            "paragraphs": paragraphs(
                sources.get(section.key, ""), found.report.sections.get(section.key, "")
            ),
            "table": by_section.get(section.key),
        }
        for section in found.report.form.sections
    ]


def _printed(found: Released, key: str, counted: int) -> str:
    """A figure of the text has no cell: each of its records counts one, so its list is its value."""
    if key not in found.report.figures:
        return str(counted)
    value = found.report.cell(key)
    return "" if value is None else str(value)
