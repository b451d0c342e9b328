"""A row of a standard catalogue as a value, between the file and the ledger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What one row says. *agency* is a code; *field*, *item1*, *item2* and *agency* tell rows apart."""

    field: str
    item1: str
    item2: str
    agency: str
    content: str
    basis: str
    limit_text: str
    channels: tuple[str, ...]
    to_all: bool
    to_particular: bool
    particular: str
    active: bool
    on_request: bool
    at_county: bool
    at_township: bool
    at_village: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.field, self.item1, self.item2, self.agency)


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be entered: where it is, and what to do."""

    sheet: str
    row: int
    sentence: str
