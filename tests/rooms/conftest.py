"""The invented county, entered anew for each test that asks for it."""

from __future__ import annotations

import pytest

from tests.rooms.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the county, its bureaus and its people."""
    return make_cast()
