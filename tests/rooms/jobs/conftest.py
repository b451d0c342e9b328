"""Work of one's own, in an invented county."""

from __future__ import annotations

import pytest

from tests.rooms.jobs.planted import one_connection, planted
from tests.rooms.portal.static_root import make_static_root

__all__ = ["one_connection", "planted"]

make_static_root()


@pytest.fixture(autouse=True)
def _in_one_transaction(one_connection: None) -> None:
    """Every test here that runs a job does so in its own transaction."""
