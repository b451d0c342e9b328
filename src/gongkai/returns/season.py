"""Which year's figures units report on a day: from the county's own dates, never from a month typed here."""

from __future__ import annotations

from gongkai.law.rules import Rules


def period_asked_for(rules: Rules) -> int | None:
    """Return the year whose figures are being collected on the day of *rules*, or None between seasons."""
    today = rules.on
    if today >= rules.day_in("returns.open", today.year):
        return today.year
    return today.year - 1 if today <= rules.day_in("annual.gov", today.year) else None


def year_in_view(rules: Rules) -> int:
    """Return the year somebody looks for who names none: the one collected, else the present one."""
    return period_asked_for(rules) or rules.on.year
