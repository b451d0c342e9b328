"""What the demo's applicants ask for, each something else, as sentences of ``data/asked.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from gongkai_demo.organs import DATA

OPEN = "open"
"""What is asked by requests that have not ended."""


def words_of(ends: str, year: int, n: int) -> str:
    """Return the words of the *n*-th request of *year*, which *ends* by this outcome."""
    told = _told()
    sentences, places = told["asked"][ends], told["places"]
    place = places[(n + year * 5) % len(places)]
    return str(sentences[(n + year) % len(sentences)].format(place=place, year=year - 1))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((DATA / "asked.toml").read_text(encoding="utf-8"))
