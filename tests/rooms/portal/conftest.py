"""The scene of the public pages, before and after its release."""

from __future__ import annotations

import pytest

from tests.rooms.portal.scene import Scene, freeze_and_release, make_scene
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def scene(db: None) -> Scene:
    """A report that is not released."""
    return make_scene()


@pytest.fixture
def released(scene: Scene) -> Scene:
    """The same report, released."""
    freeze_and_release(scene)
    scene.report.refresh_from_db()
    return scene
