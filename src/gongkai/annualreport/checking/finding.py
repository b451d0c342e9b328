"""A finding, and the catalogue that gives each code its severity, title and legal basis."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning", "info"]
Value = int | str | None
_CATALOGUE = Path(__file__).parent / "catalogue.toml"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to correct or explain. `message` tells a clerk what to do about it."""

    code: str
    severity: Severity
    cells: tuple[str, ...] = ()
    expected: Value = None
    actual: Value = None
    message: str
    basis: str
    candidates: tuple[tuple[Value, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An entry of the catalogue. `needs` says what the check looks at beside the report."""

    code: str
    severity: Severity
    title: str
    basis: str
    needs: str


@lru_cache
def catalogue() -> dict[str, Rule]:
    """Every check by code, in catalogue order."""
    with _CATALOGUE.open("rb") as file:
        tables = tomllib.load(file)["check"]
    return {
        code: Rule(
            code=code,
            severity=table["severity"],
            title=table["title"],
            basis=table["basis"],
            needs=table.get("needs", "report"),
        )
        for table in tables
        for code in table["codes"]
    }


def finding(
    code: str,
    message: str,
    *,
    cells: Iterable[str] = (),
    expected: Value = None,
    actual: Value = None,
    severity: Severity | None = None,
    candidates: tuple[tuple[Value, ...], ...] = (),
) -> Finding:
    """Return a finding with the catalogue's severity unless a milder one is given."""
    rule = catalogue()[code]
    return Finding(
        code=code,
        severity=severity or rule.severity,
        cells=tuple(cells),
        expected=expected,
        actual=actual,
        message=message,
        basis=rule.basis,
        candidates=candidates,
    )
