"""The rules this site works by, read from its own data: every number, its article, what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from gongkai.audit import clock
from gongkai.audit.subscribers import Told
from gongkai.law.applicants import CLASSES
from gongkai.law.errors import LawError
from gongkai.law.fees import TARIFF
from gongkai.law.grounds import GROUNDS
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES, REQUIREMENTS, ROW_TITLES, VOCABULARY_VERSION
from gongkai.law.parameters import CERTAINTY_LABELS
from gongkai.law.receipt import Channel
from gongkai.law.yearbook import year_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.clocks import every_clock
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.home import FRONT
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.rule_tables import (
    channels,
    fee_rows,
    ground_rows,
    outcome_rows,
    remedy_rows,
)
from gongkai.publication.actions.asking import ask_soon
from gongkai.rulebook.catalogue import Entry, catalogue, entry_of, history
from gongkai.rulebook.models import State
from gongkai.rulebook.queries import rules_on

SCHEMA = "gongkai.rules/1"
_META = column_metadata("规则")


def render_rules(key: str) -> bytes:
    """Every rule on one page, with anchors that stay."""
    today = clock.today()
    in_force = rules_on(today)
    values = {
        "entries": catalogue(today),
        "on": today,
        "certainties": CERTAINTY_LABELS.values(),
        "vocabulary": VOCABULARY_VERSION,
        "outcomes": outcome_rows(),
        "grounds": ground_rows(),
        "tariff": TARIFF,
        "fees": fee_rows(),
        "remedies": remedy_rows(in_force),
        "channels": channels(),
        "classes": CLASSES.values(),
        "years": [notice.year for notice in in_force.calendar.notices],
        "next_year": today.year + 1,
    }
    return page("portal/rules.html", "/rules/", values, meta=_META)


def render_rule(key: str) -> bytes | None:
    """One rule with all its values over time."""
    found = entry_of(key, clock.today())
    if found is None:
        return None
    approved = [step for step in history(found) if not step.own or step.own.state == State.APPROVED]
    values = {"entry": found, "history": approved}
    return page("portal/rules_one.html", f"/rules/{key}/", values, meta=_META)


def render_rules_twin(key: str) -> bytes:
    """The same as data, for other programs."""
    today = clock.today()
    row: dict[str, Any] = {
        "schema": SCHEMA,
        "on": today,
        "parameters": [_plain(entry) for entry in catalogue(today)],
        "outcomes": list(OUTCOMES.values()),
        "letters": list(LETTERS.values()),
        "requirements": list(REQUIREMENTS.values()),
        "rows": ROW_TITLES,
        "grounds": list(GROUNDS.values()),
        "tariff": TARIFF,
        "channels": [{"code": c, "title": c.label, "basis": c.basis} for c in Channel],
        "applicants": list(CLASSES.values()),
    }
    return msgspec.json.encode(row)


def render_calendar(key: str) -> bytes | None:
    """A year's working days with the notice they come from, or how far they are open."""
    year = int(key)
    calendar = rules_on(clock.today()).calendar
    try:
        found = year_of(calendar, year)
    except (LawError, OverflowError):
        return None
    values = {
        "year": found,
        "notice": next((n for n in calendar.notices if n.year == year), None),
        "earlier": year - 1 if calendar.notices and year > calendar.notices[0].year else None,
        "later": year + 1 if _known(year + 1) else None,
    }
    return page("portal/rules_calendar.html", f"/rules/calendar/{year}/", values, meta=_META)


def rules_path(key: str) -> str:
    return f"rules/{addresses.INDEX}"


def rules_twin_path(key: str) -> str:
    return "rules/index.json"


def rule_path(key: str) -> str:
    return f"rules/{key}/{addresses.INDEX}"


def calendar_path(key: str) -> str:
    return f"rules/calendar/{key}/{addresses.INDEX}"


def every_rule() -> Iterator[str]:
    for entry in catalogue(clock.today()):
        yield entry.key


def every_calendar() -> Iterator[str]:
    """The years with a notice and all between them and next year: they lead from one to the other."""
    next_year = clock.today().year + 1
    notices = rules_on(clock.today()).calendar.notices
    first = notices[0].year if notices else next_year
    for year in range(first, next_year + 1):
        yield str(year)


def rules_changed(told: Told) -> None:
    """Make due what a rule or a holiday notice that was approved changes: every limit may be another."""
    if not told.kind.endswith(".approved"):
        return
    pages = [(name, *FRONT) for name in ("rules", "rules-twin")]
    pages += [("rule", key) for key in every_rule()]
    pages += [("rules-calendar", year) for year in every_calendar()]
    pages += [("clock", key) for key in every_clock()]
    ask_soon(pages)


def _known(year: int) -> bool:
    return year <= clock.today().year + 1


def _plain(entry: Entry) -> dict[str, object]:
    """One rule as data. *article* is the basis of the value that holds, the county's own or the law's."""
    now, own = entry.now, entry.own_now
    return {
        "key": entry.key,
        "title": entry.law.title,
        "value": now.value,
        "unit": now.unit,
        "article": now.basis,
        "note": now.note,
        "since": now.since,
        "certainty": now.certainty,
        "unsure": entry.unsure,
        "own": None if own is None else _own(own.since, own.source, entry),
        "used_in": entry.evidence.uses,
        "proved_by": entry.evidence.tests,
    }


def _own(since: date, source: str, entry: Entry) -> dict[str, object]:
    return {"since": since, "source": source, "in_place_of": entry.law.value}
