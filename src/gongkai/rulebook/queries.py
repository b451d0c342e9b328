"""The rules in force on a day, the county's own values laid over the national ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import BinaryField, CharField, Count, DateField, Q, QuerySet, Value

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import names_on
from gongkai.law.notice import Notice, parse_notice
from gongkai.law.parameters import NUMBERS, Certainty, Unit
from gongkai.law.parameters import Parameter as LawParameter
from gongkai.law.rules import Rules
from gongkai.rulebook.models import HolidayNotice, NumberSeries, Parameter, State
from gongkai.rulebook.numbers import title_of

_SAYS = ("key", "value_text", "source", "note", "certainty")
_NO_DAY = Value(None, DateField())
_NO_BODY = Value(None, BinaryField())
_FLAGS = {"true": True, "false": False}


def approved_notices() -> list[Notice]:
    """Return the notices in force in this county beside the packaged ones, in the order of approval."""
    return [parse_notice(body) for body in _approved_bodies()]


def rules_on(on: date) -> Rules:
    """Return the frozen rules in force on *on*: packaged law, approved notices, dated parameters.

    One query; of the same law, notices and parameters the same value, with what it has reckoned.
    """
    national = Rules.national(on)
    bodies, own = _approved(on)
    known = [
        in_place_of(national.parameters[row.key], row)
        for row in own
        if row.key in national.parameters
    ]
    return _rules(national, tuple(bodies), tuple(known))


@lru_cache(maxsize=64)
def _rules(national: Rules, notices: tuple[bytes, ...], own: tuple[LawParameter, ...]) -> Rules:
    return national.with_notices(map(parse_notice, notices)).with_parameters(own)


def _approved_bodies() -> tuple[bytes, ...]:
    rows = HolidayNotice.objects.filter(state=State.APPROVED).order_by("decided_at", "pk")
    return tuple(bytes(body) for body in rows.values_list("body", flat=True))


def _approved(on: date) -> tuple[list[bytes], list[Parameter]]:
    """Return the approved notices in the order of approval, and the county's values by their first day.

    They come together: every staff page asks for both, and they are a few dozen rows in all.
    """
    notices = HolidayNotice.objects.filter(state=State.APPROVED).values_list(
        "decided_at", "pk", "body", *[Value("", CharField()) for _ in _SAYS], _NO_DAY
    )
    values = Parameter.objects.filter(state=State.APPROVED, since__lte=on).values_list(
        "decided_at", "pk", _NO_BODY, *_SAYS, "since"
    )
    rows = list(notices.union(values, all=True))
    # A row from before two people were asked for may have no instant: it came first.
    bodies = sorted((row[0] is not None, *row[:3]) for row in rows if row[2] is not None)
    own = sorted((row for row in rows if row[2] is None), key=lambda row: (row[-1], row[1]))
    made = [Parameter(**dict(zip(_SAYS, row[3:-1], strict=True)), since=row[-1]) for row in own]
    return [bytes(body) for *_, body in bodies], made


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
        note=own.note,
    )


def value_of(own: Parameter) -> LawParameter:
    """Return the county's *own* value in the form of the law, by the law of its first day."""
    return in_place_of(Rules.national(own.since).parameter(own.key), own)


def notice_of(row: HolidayNotice) -> Notice:
    """Return what an entered notice says."""
    return parse_notice(bytes(row.body))


def waiting_notices() -> QuerySet[HolidayNotice]:
    """Return the notices somebody proposed and nobody has decided on, oldest first."""
    rows = HolidayNotice.objects.filter(state=State.PROPOSED)
    return rows.select_related("proposed_by").order_by("proposed_at", "pk")


def waiting_parameters() -> QuerySet[Parameter]:
    """Return the values somebody proposed and nobody has decided on, oldest first."""
    rows = Parameter.objects.filter(state=State.PROPOSED)
    return rows.select_related("proposed_by").order_by("proposed_at", "pk")


@dataclass(frozen=True)
class SeriesLine:
    """A series as a list shows it. *missing* numbers were taken and belong to no row: tampering."""

    uid: UUID
    agency: str
    title: str
    year: int
    last: int
    voided: int
    missing: int


def series_of(agencies: QuerySet[Agency], on: date) -> list[SeriesLine]:
    """Return the series of *agencies*, the newest year first. Two queries."""
    names = {pk: name.name for pk, name in names_on(on).items()}
    used, voided = Count("uses"), Count("uses", filter=~Q(uses__void_reason=""))
    rows = NumberSeries.objects.filter(agency__in=agencies).annotate(used=used, voided=voided)
    return [
        SeriesLine(
            row.uid,
            names.get(row.agency_id, ""),
            title_of(row.kind),
            row.year,
            row.last,
            row.voided,
            row.last - row.used,
        )
        for row in rows.order_by("-year", "agency__code", "kind")
    ]


def gaps_of(series: NumberSeries) -> list[int]:
    """Return the numbers of *series* that were taken and belong to no row: none, unless tampered with."""
    used = set(series.uses.values_list("n", flat=True))
    return [n for n in range(1, series.last + 1) if n not in used]


def gaps() -> list[tuple[NumberSeries, int]]:
    """Return each series with a number that was taken and belongs to no row: none, unless tampered with."""
    return [(series, n) for series in NumberSeries.objects.all() for n in gaps_of(series)]


def _typed(text: str, unit: Unit) -> int | bool | str:
    """Return a stored value as its unit needs it. Raises ``ValueError`` for one that cannot be read."""
    if unit is Unit.FLAG and text in _FLAGS:
        return _FLAGS[text]
    if unit in NUMBERS and text.isdecimal():
        return int(text)
    if unit is Unit.FLAG or unit in NUMBERS:
        raise ValueError(text)
    return text
