"""The invented county, entered anew for each test that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rooms.cast import Cast, make_cast
from tests.rooms.keeping.installation import Installation, empty_installation


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the county, its bureaus and its people."""
    return make_cast()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with its tables and nobody in it, to be copied and never used itself."""
    with empty_installation(tmp_path_factory.mktemp("migrated") / "county") as made:
        made.data.mkdir(mode=0o700)
        assert made.gongkai("migrate").returncode == 0
        yield made
