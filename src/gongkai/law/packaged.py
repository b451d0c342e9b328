"""Reading the data files that travel with this package."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_HERE = Path(__file__).parent


def table(name: str) -> dict[str, Any]:
    """The packaged TOML file *name*, as read."""
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def rows(name: str, section: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of one section of a packaged file, checked against the dataclass *kind*."""
    return tuple(msgspec.convert(row, kind) for row in table(name)[section])


def notice_files() -> list[Path]:
    """The packaged holiday notices, one file a year, oldest first."""
    return sorted((_HERE / "notices").glob("*.json"))
