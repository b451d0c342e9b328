"""Reading the registers: what one may see, what a staged file would do, what the public pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, AgencyName
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.law.rules import Rules
from gongkai.registers.layout import Layout, Type, layout_of
from gongkai.registers.models import Change, Entry, Import, Places, Register
from gongkai.registers.reading import Circumstances, Row
from gongkai.registers.rules import (
    PERSON_NAME,
    SHOWN_MAX,
    publish_due,
    shown_until,
    years_later,
)
from gongkai.registers.values import Value, typed
from gongkai.text.canonical import canonical_bytes, from_canonical, sha256_hex

FULL = 100
"""Rows of one public page; once full, it changes only when one of them does."""
_BATCH = 500


def visible_entries(standing: Standing) -> QuerySet[Entry]:
    """Return the rows *standing* keeps or oversees on the desk (invariant 4)."""
    return Entry.objects.filter(agency__in=visible_to(standing))


def visible_imports(standing: Standing) -> QuerySet[Import]:
    """Return the files *standing* may see the preview of."""
    seen = Import.objects.filter(agency__in=visible_to(standing))
    return seen.select_related("agency", "by_person")


def circumstances(register: str, agency: Agency, rules: Rules, today: date) -> Circumstances:
    """Return what a table of *agency* is read against."""
    names = AgencyName.objects.filter(agency=agency).values_list("name", "short")
    known = frozenset(name for pair in names for name in pair)
    return Circumstances(layout_of(register), known, rules.text(PERSON_NAME), today)


def values_of(entry: Entry) -> dict[str, Value]:
    """Return what *entry* says, field by field, in the form a row is read in."""
    return {
        column.key: _plain(getattr(entry, column.key))
        for column in layout_of(entry.register).column
    }


def said(entry: Entry) -> list[tuple[str, str]]:
    """Return (label, value as typed) of what *entry* says, empty fields left out."""
    layout, values = layout_of(entry.register), values_of(entry)
    shown = [(column, typed(values[column.key], column)) for column in layout.column]
    return [
        (column.label + ("（元）" if column.type is Type.MONEY else ""), text)
        for column, text in shown
        if text
    ]


class Verdict(StrEnum):
    """What a row of a file is to the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"
    OVER = "over"

    @property
    def label(self) -> str:
        """What a clerk reads."""
        return _LABELS[self]


_LABELS = {
    Verdict.NEW: "新增",
    Verdict.CHANGED: "更正",
    Verdict.SAME: "没有变化",
    Verdict.REMOVED: "已撤下，不再公示",
    Verdict.OVER: "公示期已过，不登记",
}


@dataclass(frozen=True)
class Judged:
    """A row of a file beside the register: *entry* where its 文书号 is known, *differs* what would change."""

    row: Row
    verdict: Verdict
    entry: Entry | None
    differs: tuple[tuple[str, str, str], ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Plan:
    """What confirming a staged file would do now. *sha256* tells whether it still is what was seen."""

    judged: tuple[Judged, ...]
    sha256: str

    def of(self, verdict: Verdict) -> list[Judged]:
        return [one for one in self.judged if one.verdict is verdict]

    @property
    def late(self) -> int:
        """How many new rows come after their last day to be published."""
        return sum(one.late for one in self.judged)


def staged_rows(staged: Import) -> list[Row]:
    """Return the rows of a file as they were read."""
    found = from_canonical(bytes(staged.rows))
    assert isinstance(found, list)  # noqa: S101  # we wrote it
    return [Row(str(one["place"]), one["values"]) for one in found if isinstance(one, dict)]


def staged_bytes(rows: Sequence[Row]) -> bytes:
    """Return *rows* as they are kept between preview and confirmation."""
    return canonical_bytes([{"place": row.place, "values": dict(row.values)} for row in rows])


def plan_of(staged: Import, rules: Rules) -> Plan:
    """Return what confirming *staged* would do to the register as it is now."""
    rows, layout = staged_rows(staged), layout_of(staged.register)
    known = _known(staged, [row.key for row in rows])
    judged = tuple(_judge(row, known.get(row.key), layout, rules) for row in rows)
    seen = [
        f"{one.verdict}:{one.row.key}:{one.entry.revision if one.entry else 0}" for one in judged
    ]
    return Plan(judged, sha256_hex("\n".join(seen).encode()))


def _known(staged: Import, keys: Sequence[str]) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for start in range(0, len(keys), _BATCH):
        some = Entry.objects.filter(
            register=staged.register, agency=staged.agency_id, key__in=keys[start : start + _BATCH]
        )
        found |= {entry.key: entry for entry in some}
    return found


def _judge(row: Row, entry: Entry | None, layout: Layout, rules: Rules) -> Judged:
    if entry is None:
        decided, until = fields_of(row.values)["decided_on"], fields_of(row.values)["until"]
        assert isinstance(decided, date)  # noqa: S101  # a row without one is refused when read
        last = shown_until(layout.code, decided, until if isinstance(until, date) else None, rules)
        if last is not None and last < rules.on:
            return Judged(row, Verdict.OVER, None)
        due = publish_due(decided, rules)
        return Judged(row, Verdict.NEW, None, late=due is not None and rules.on > due)
    if entry.removal:
        return Judged(row, Verdict.REMOVED, entry)
    now = values_of(entry)
    differs = tuple(
        (column.label, typed(now[column.key], column), typed(row.values[column.key], column))
        for column in layout.column
        if now[column.key] != row.values[column.key]
    )
    return Judged(row, Verdict.CHANGED if differs else Verdict.SAME, entry, differs)


def fields_of(values: Mapping[str, Value]) -> dict[str, object]:
    """Return *values* as fields of an entry: days as days."""
    return {
        key: date.fromisoformat(value)
        if key in _DAYS and isinstance(value, str) and value
        else value
        for key, value in values.items()
    }


_DAYS = ("decided_on", "valid_from", "until")


def expired(on: date, rules: Rules) -> QuerySet[Entry]:
    """Return penalties whose time to be shown was over before *on*."""
    oldest = years_later(on, -rules.number(SHOWN_MAX))
    over = Q(until__lt=on) | Q(until=None, decided_on__lt=oldest)
    shown = Entry.objects.filter(over, register=Register.PENALTY, removal="")
    return shown.select_related("agency").order_by("pk")


def history(entry: Entry) -> QuerySet[Change]:
    """Return what was done to *entry*, the latest first."""
    return entry.changes.select_related("by_person", "imported").order_by("-revision")


# The public pages


def taken(register: str, code: str) -> int:
    """Return how many places of the pages of an agency, or with no code of the county, are taken."""
    found = Places.objects.filter(register=register, code=code).first()
    return found.last if found else 0


def every_place() -> list[tuple[str, str, int]]:
    """Return every list of pages: register, agency's code (none for the county), places."""
    rows = Places.objects.order_by("register", "code")
    return list(rows.values_list("register", "code", "last"))


def places(register: str, code: str, after: int, to: int) -> list[Entry]:
    """Return the rows at the places after *after* up to *to*, the oldest first."""
    rows = Entry.objects.filter(register=register).select_related("agency")
    if code:
        rows = rows.filter(agency__code=code, agency_n__gt=after, agency_n__lte=to)
        return list(rows.order_by("agency_n"))
    return list(rows.filter(county_n__gt=after, county_n__lte=to).order_by("county_n"))


def names_at(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield, for each of *entries*, what its agency was called on the day of the decision."""
    keys = {entry.agency_id for entry in entries}
    named: dict[int, list[AgencyName]] = {}
    for name in AgencyName.objects.filter(agency__in=keys).order_by("-since"):
        named.setdefault(name.agency_id, []).append(name)
    for entry in entries:
        own = named.get(entry.agency_id, [])
        then = next((one for one in own if one.since <= entry.decided_on), own[-1] if own else None)
        yield then.name if then else ""


def revocations(entries: Sequence[Entry]) -> dict[int, str]:
    """Return why each of *entries* that was revoked was: the law has the reason made known (行政处罚法第四十八条)."""
    keys = [entry.pk for entry in entries if entry.removal == "revoked"]
    rows = Change.objects.filter(entry__in=keys, kind=Change.Kind.REMOVED) if keys else ()
    return {row.entry_id: row.reason for row in rows}


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)
