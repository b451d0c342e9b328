"""Installations to lose and to get back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation, empty_installation


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Installation]:
    """An installation with five people in it."""
    with empty_installation(tmp_path / "county") as made:
        made.data.mkdir(mode=0o700)
        assert made.gongkai("migrate").returncode == 0
        made.add_people(0, 5)
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Installation]:
    """An empty place: what a new machine has."""
    with empty_installation(tmp_path / "elsewhere") as made:
        yield made
