"""A public folder of one's own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.publication.models import PageJob
from gongkai.publication.pages import kinds
from gongkai.publication.pages.kinds import untouched
from tests.rooms.cast import Cast, make_cast
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture(autouse=True)
def public(settings: Settings, tmp_path: Path) -> Path:
    """The public folder; pages name the style sheets, which are collected once."""
    make_static_root()
    settings.PUBLIC = tmp_path / "public"
    return tmp_path / "public"


def only_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of the site what a publication touches: rules and reports are no concern of who compares all of it."""
    touched = {
        name: kind for name, kind in kinds._kinds.items() if kind.touched_by is not untouched
    }
    monkeypatch.setattr(kinds, "_kinds", touched)


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented county; the pages its agencies made due are no concern of these tests."""
    made = make_cast()
    PageJob.objects.all().delete()
    return made
