"""Who keeps a register, and until when its rows are to be shown or taken down."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing
from gongkai.law.clock import due_date
from gongkai.law.errors import LawError
from gongkai.law.rules import Rules
from gongkai.registers.models import Register
from gongkai.registers.values import FOR_EVER

KEEPING = (Role.INFORMATION_OFFICER, Role.OPENNESS_OFFICER)
KEEPERS = f"本机关的“{Role.INFORMATION_OFFICER.label}”或“{Role.OPENNESS_OFFICER.label}”"
PUBLISH, WITHDRAW, SHOWN_MAX = "credit.publish", "penalty.withdraw", "penalty.shown_max"
PERSON_NAME = "register.person_name"


def may_keep(standing: Standing, agency: Agency) -> bool:
    """导入、更正、撤下: the information officer or the open-government office of the deciding agency."""
    return any(standing.holds(role, agency) for role in KEEPING)


def publish_due(decided_on: date, rules: Rules) -> date | None:
    """Return the last day to publish a decision of *decided_on*; None where the calendar does not reach."""
    return _due(decided_on, PUBLISH, rules)


def withdraw_due(on: date, rules: Rules) -> date | None:
    """Return the last day to take a penalty down that was changed or revoked on *on* (行政处罚法第四十八条)."""
    return _due(on, WITHDRAW, rules)


def shown_until(register: str, decided_on: date, until: date | None, rules: Rules) -> date | None:
    """Return the last day a row is shown; None without one. A licence is shown beyond its term."""
    if register != Register.PENALTY or until == FOR_EVER:
        return None
    return until or years_later(decided_on, rules.number(SHOWN_MAX))


def years_later(day: date, years: int) -> date:
    """Return the same day *years* later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _due(day: date, key: str, rules: Rules) -> date | None:
    try:
        return due_date(day, (), rules.limit(key), rules)
    except LawError:
        return None
