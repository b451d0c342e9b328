"""A public folder and a data folder of one's own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.documents.models import Document
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish
from tests.rooms.publication.conftest import public

__all__ = ["public"]


@pytest.fixture
def document(cast: Cast, settings: Settings, tmp_path: Path) -> Document:
    """A notice of the grain bureau that is on the site."""
    settings.DATA = tmp_path
    return publish(cast, "开仓通知")[0].document
