"""The numbers in `thresholds.toml`, typed."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "thresholds.toml"


@lru_cache
def threshold(name: str, bound: str) -> Decimal:
    """Return one bound, e.g. `threshold("change_ratio", "high")`. Raises `KeyError`."""
    return Decimal(_tables()[name][bound])


@lru_cache
def _tables() -> dict[str, dict[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
