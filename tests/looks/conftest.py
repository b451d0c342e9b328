"""What is here runs once, not once a database."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here, lest a test be left out of every run."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.once)
