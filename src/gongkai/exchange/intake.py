"""A workbook on its way into a county's own ledger: read strictly, every record under its agency."""

from __future__ import annotations

from datetime import date

from gongkai.exchange.directory import sole_agency, with_owner
from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.reading import read_workbook
from gongkai.exchange.rows import Contents
from gongkai.rulebook.queries import rules_on


def read_for_ledger(data: bytes, *, today: date, agency: str = "") -> Contents:
    """Return what *data* says; *agency* is whose the rows are that name none.

    Raises :class:`WorkbookRefused` with everything that is not understood, or not precise enough to be
    kept: what the report counts in one row may still be two different facts.
    """
    contents = read_workbook(data, today=today, rules=rules_on(today), strict=True)
    contents, unowned = with_owner(contents, sole_agency(contents, agency))
    if unowned:
        raise WorkbookRefused(unowned)
    return contents
