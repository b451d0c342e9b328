"""What a last reading is told by its data file: stock phrases, promises, how much a reason is."""

from __future__ import annotations

import tomllib
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "rehearsal.toml").read_text(encoding="utf-8"))

REASON_LEAST: int = _DATA["reason_least"]
STOCK: tuple[str, ...] = tuple(sorted(_DATA["stock"], key=len, reverse=True))
PROMISES: tuple[str, ...] = tuple(_DATA["promises"])
