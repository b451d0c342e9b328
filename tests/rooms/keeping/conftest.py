"""Installations to lose and to get back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation, copied_installation, empty_installation


@pytest.fixture(scope="session")
def staffed(
    migrated: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation with five people in it, to be copied and never used itself."""
    folder = tmp_path_factory.mktemp("staffed") / "county"
    with copied_installation(folder, migrated) as made:
        made.add_people(0, 5)
        yield made


@pytest.fixture
def county(staffed: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with five people in it."""
    with copied_installation(tmp_path / "county", staffed) as made:
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Installation]:
    """An empty place: what a new machine has."""
    with empty_installation(tmp_path / "elsewhere") as made:
        yield made
