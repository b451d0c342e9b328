"""`judge`: the bytes of a file in, its verdict out."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Report
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.verdict.verdict import Verdict


def judge(
    source: str,
    data: bytes,
    *,
    prev: Report | None = None,
    units: Sequence[Report] | None = None,
) -> Verdict:
    """Read `data` and check what was read; `source` is only a name.

    `prev` is the same body's report of the year before, `units` the reports it adds up.
    """
    return conclude(read_report(source, data), prev=prev, units=units)


def read_report(source: str, data: bytes) -> Reading:
    """Read `data` only: whose report of which year it is decides what it is compared with."""
    return read(data, source=source)


def conclude(
    reading: Reading,
    *,
    prev: Report | None = None,
    units: Sequence[Report] | None = None,
    note: str | None = None,
) -> Verdict:
    """Check what was read."""
    if reading.report is None:
        return Verdict(source=reading.source, report=None, reason=reading.reason)
    found = check(reading.report, printed=reading.printed, prev=prev, units=units)
    return Verdict(
        source=reading.source,
        report=reading.report,
        findings=(*reading.findings, *found),
        note=note,
    )
