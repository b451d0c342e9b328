"""The rules in force on a day, the county's own values laid over the national ones."""

from __future__ import annotations

from datetime import date

from gongkai.law.notice import Notice, parse_notice
from gongkai.law.parameters import NUMBERS, Certainty, Unit
from gongkai.law.parameters import Parameter as LawParameter
from gongkai.law.rules import Rules
from gongkai.rulebook.models import HolidayNotice, NumberSeries, Parameter, State

_FLAGS = {"true": True, "false": False}


def approved_notices() -> list[Notice]:
    """Return the notices in force in this county beside the packaged ones, in the order of approval."""
    rows = HolidayNotice.objects.filter(state=State.APPROVED).order_by("decided_at", "pk")
    return [parse_notice(bytes(body)) for body in rows.values_list("body", flat=True)]


def rules_on(on: date) -> Rules:
    """Return the frozen rules in force on *on*: packaged law, approved notices, dated parameters."""
    national = Rules.national(on).with_notices(approved_notices())
    return national.with_parameters(_own_parameters(national))


def _own_parameters(national: Rules) -> list[LawParameter]:
    approved = Parameter.objects.filter(state=State.APPROVED, since__lte=national.on)
    return [
        in_place_of(national.parameters[row.key], row)
        for row in approved.order_by("since")
        if row.key in national.parameters
    ]


def in_place_of(national: LawParameter, own: Parameter) -> LawParameter:
    """Return the county's *own* value in the form of the *national* one it stands in for.

    Raises ``ValueError`` for a value or a certainty that cannot be read, ``ParameterError`` for one of
    the wrong kind.
    """
    return LawParameter(
        key=own.key,
        title=national.title,
        value=_typed(own.value_text, national.unit),
        unit=national.unit,
        basis=own.source,
        since=own.since,
        certainty=Certainty(own.certainty),
        choices=national.choices,
    )


def gaps() -> list[tuple[NumberSeries, int]]:
    """Return each series with a number that was taken and belongs to no row: none, unless tampered with."""
    found = []
    for series in NumberSeries.objects.all():
        used = set(series.uses.values_list("n", flat=True))
        found += [(series, n) for n in range(1, series.last + 1) if n not in used]
    return found


def _typed(text: str, unit: Unit) -> int | bool | str:
    """Return a stored value as its unit needs it. Raises ``ValueError`` for one that cannot be read."""
    if unit is Unit.FLAG and text in _FLAGS:
        return _FLAGS[text]
    if unit in NUMBERS and text.isdecimal():
        return int(text)
    if unit is Unit.FLAG or unit in NUMBERS:
        raise ValueError(text)
    return text
