"""Every test sends from one address: none may meet the limit of an hour by what others sent."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def often(settings: Any) -> None:
    settings.APPLY_PER_HOUR = settings.STATUS_PER_HOUR = 10_000
