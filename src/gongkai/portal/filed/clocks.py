"""A case's public line: when it came, when it had to be answered, when it was. Never who, nor what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from gongkai.agencies.models import Level
from gongkai.agencies.queries import name_of
from gongkai.audit.subscribers import Told
from gongkai.foi.clock import deadline_or_reason
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.law.clock import Deadline
from gongkai.law.outcomes import OUTCOMES
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.released import Released, released_or_404
from gongkai.publication.actions.asking import ask_soon
from gongkai.reporting.models import Freeze, Report
from gongkai.reporting.queries import frozen_uids, released
from gongkai.rulebook.queries import rules_on

_EVERY_CASE = ("t3.new.tot", "t3.carry.tot")
"""What came in and what was still open: no other case is in any list of table 3."""
_CHUNK = 500


@dataclass(frozen=True)
class Verdict:
    """On time or not, as one word for the page and one for its look."""

    text: str
    kind: str


def render_clock(key: str) -> bytes | None:
    """How the time limit of a case was counted, day by day; only of cases a released report counts."""
    code, year, url_key = key.split("/")
    try:
        found = released_or_404(code, int(year))
    except Http404:
        return None
    case = Case.objects.select_related("agency").filter(url_key=url_key).first()
    if case is None or case.uid not in _counted(found.freeze):
        return None
    where = addresses.address(clock_path(key))
    meta = column_metadata("政府信息公开年报")
    return page("portal/clock.html", where, _shown(found, case), meta=meta)


def clock_path(key: str) -> str:
    code, year, url_key = key.split("/")
    return f"report/{code}/{year}/clock/{url_key}/{addresses.INDEX}"


def every_clock() -> Iterator[str]:
    for row in released():
        yield from clocks_of(row)


def clocks_of(row: Report) -> Iterator[str]:
    """Yield the cases that the released report *row* counts."""
    if row.released is None:
        return
    uids = sorted(_counted(row.released))
    for start in range(0, len(uids), _CHUNK):
        cases = Case.objects.filter(uid__in=uids[start : start + _CHUNK]).order_by("uid")
        for url_key in cases.values_list("url_key", flat=True):
            yield f"{row.agency.code}/{row.year}/{url_key}"


def report_released(told: Told) -> None:
    """Make due the line of every case that a report counts which has just been released."""
    if told.kind == "report.released":
        uid = told.subject.partition(":")[2]
        rows = released().filter(uid=uid)
        ask_soon([("clock", key) for row in rows for key in clocks_of(row)])


def case_moved(told: Told) -> None:
    """Make due the lines of a case in the reports that may count it; where none does, no page comes of it."""
    uid = told.subject.partition(":")[2]
    case = Case.objects.filter(uid=uid).first()
    if case is None:
        return
    rows = released().filter(year__gte=case.received_on.year).defer("released__canonical")
    codes = {told.stream}
    pages = [
        ("clock", f"{row.agency.code}/{row.year}/{case.url_key}")
        for row in rows
        if row.agency.code in codes or row.agency.level == Level.COUNTY
    ]
    if pages:
        ask_soon(pages)


def verdict(deadline: Deadline | None, decided_on: date | None) -> Verdict:
    """Return whether the decision came within the limit (条例第三十三条)."""
    if deadline is None:
        return Verdict("期限无法推算", "open")
    if decided_on is None:
        return Verdict("尚未作出处理决定", "open")
    if deadline.due is None or decided_on <= deadline.due:
        return Verdict("按期办结", "good")
    return Verdict("逾期办结", "late")


def _shown(found: Released, case: Case) -> dict[str, object]:
    events = happenings(case)
    deadline, trouble = deadline_or_reason(events, rules_on(case.received_on))
    return {
        "found": found,
        "report": found.report,
        "case": case,
        "agency": name_of(case.agency, case.received_on).name,
        "result": OUTCOMES[case.outcome].title if case.outcome else "",
        "steps": [(event.on, event.kind.label) for event in events],
        "deadline": deadline,
        "trouble": trouble,
        "verdict": verdict(deadline, case.decided_on),
    }


def _counted(freeze: Freeze) -> frozenset[UUID]:
    counted: frozenset[UUID] = frozenset()
    return counted.union(*(frozen_uids(freeze, key) for key in _EVERY_CASE))
