"""The demo county for the round trip."""

from __future__ import annotations

from tests.rooms.demo.conftest import _county_loaded, loaded

__all__ = ["_county_loaded", "loaded"]
