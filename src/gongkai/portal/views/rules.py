"""The rules this site works by, read from its own data: every number, its article, what proves it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from gongkai.audit import clock
from gongkai.law.applicants import CLASSES
from gongkai.law.errors import LawError
from gongkai.law.fees import TARIFF
from gongkai.law.grounds import GROUNDS
from gongkai.law.outcomes import LETTERS, OUTCOMES, REQUIREMENTS, ROW_TITLES, VOCABULARY_VERSION
from gongkai.law.parameters import CERTAINTY_LABELS
from gongkai.law.receipt import Channel
from gongkai.law.yearbook import year_of
from gongkai.people.audience import public
from gongkai.portal.rule_tables import (
    channels,
    fee_rows,
    ground_rows,
    outcome_rows,
    remedy_rows,
)
from gongkai.rulebook.catalogue import Entry, catalogue, entry_of, history
from gongkai.rulebook.models import State
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import sha256_hex

SCHEMA = "gongkai.rules/1"


@public
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule on one page, with anchors that stay."""
    today = clock.today()
    in_force = rules_on(today)
    context = {
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
    return render(request, "portal/rules.html", context)


@public
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule with all its values over time."""
    found = entry_of(key, clock.today())
    if found is None:
        raise Http404(key)
    approved = [step for step in history(found) if not step.own or step.own.state == State.APPROVED]
    return render(request, "portal/rules_one.html", {"entry": found, "history": approved})


@public
def rules_json(request: HttpRequest) -> HttpResponseBase:
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
    body = msgspec.json.encode(row)
    etag = f'"{sha256_hex(body)}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


@public
def rules_calendar(request: HttpRequest, year: int) -> HttpResponse:
    """A year's working days with the notice they come from, or how far they are open."""
    calendar = rules_on(clock.today()).calendar
    try:
        found = year_of(calendar, year)
    except (LawError, OverflowError) as unknown:
        raise Http404(year) from unknown
    notice = next((n for n in calendar.notices if n.year == year), None)
    context = {
        "year": found,
        "notice": notice,
        "earlier": year - 1 if calendar.notices and year > calendar.notices[0].year else None,
        "later": year + 1 if _known(year + 1) else None,
    }
    return render(request, "portal/rules_calendar.html", context)


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
        "since": now.since,
        "certainty": now.certainty,
        "unsure": entry.unsure,
        "own": None if own is None else _own(own.since, own.source, entry),
        "used_in": entry.evidence.uses,
        "proved_by": entry.evidence.tests,
    }


def _own(since: date, source: str, entry: Entry) -> dict[str, object]:
    return {"since": since, "source": source, "in_place_of": entry.law.value}
