"""What the workbook says, row by row, in the ledger's own words. No cell, no spelling, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a row stands, and the letter of each of its columns: what a message points at."""

    sheet: str = ""
    row: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        """Return e.g. ``C17``, or ``第17行`` when the sheet has no such column."""
        letter = self.letters.get(key)
        return f"{letter}{self.row}" if letter else f"第{self.row}行"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A record of the workbook. *place* is where it stands and no part of what it says."""

    place: Place = field(default_factory=Place, compare=False)
    agency: str = ""

    def facts(self) -> dict[str, Plain]:
        """Return what the row says beside whose it is, as plain values."""
        own = (one.name for one in fields(self) if one.name not in ("place", "agency"))
        return {name: _plain(getattr(self, name)) for name in own}

    def fingerprint(self) -> str:
        """Return the hash by which a changed row is told from an unchanged one."""
        return sha256_hex(canonical_bytes({"of": self.agency, **self.facts()}))


@dataclass(frozen=True, kw_only=True)
class AgencyRow(Row):
    """A name of an agency, since when it holds. Blank: the workbook does not say."""

    name: str
    short: str = ""
    level: str = ""
    rolls_up: bool | None = None
    code: str = ""
    credit_code: str = ""
    mark: str = ""
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class RequestRow(Row):
    """A request and how it ended."""

    number: str
    received_on: date
    klass: str
    kind: str = "request"
    channel: str = ""
    extended_on: date | None = None
    extended_days: int | None = None
    outcome: str = ""
    decided_on: date | None = None
    served_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DisputeRow(Row):
    """A reconsideration or suit over the request *case* of *agency*."""

    case: str
    kind: str
    number: str
    filed_on: date
    result: str = ""
    concluded_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PolicyRow(Row):
    """A document of effect and how it left the stock."""

    title: str
    number: str
    written_on: date
    kind: str = "norm"
    published_on: date | None = None
    in_force_on: date | None = None
    expires_on: date | None = None
    exit_kind: str = ""
    exit_on: date | None = None
    exit_decided_on: date | None = None
    exit_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnRow(Row):
    """A unit's figures of a year. None is not reported; the fee is in 分."""

    year: int
    licence: int | None = None
    penalty: int | None = None
    coercion: int | None = None
    fee: int | None = None
    source: str = ""
    absent_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionRow(Row):
    """A part of a report's text, or its contact."""

    year: int
    part: str
    text: str


@dataclass(frozen=True)
class Contents:
    """Everything one workbook says, and remarks on what was left aside."""

    agencies: tuple[AgencyRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    disputes: tuple[DisputeRow, ...] = ()
    policies: tuple[PolicyRow, ...] = ()
    returns: tuple[ReturnRow, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    notes: tuple[str, ...] = ()

    def owned(self) -> tuple[Row, ...]:
        """Return the records that belong to an agency."""
        return (*self.requests, *self.disputes, *self.policies, *self.returns)


ROWS: Mapping[str, type[Row]] = {
    "agencies": AgencyRow,
    "requests": RequestRow,
    "disputes": DisputeRow,
    "policies": PolicyRow,
    "returns": ReturnRow,
    "sections": SectionRow,
}


def _plain(value: object) -> Plain:
    return value.isoformat() if isinstance(value, date) else value  # type: ignore[return-value]
