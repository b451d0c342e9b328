"""A public folder of one's own for each test."""

from __future__ import annotations

from tests.rooms.publication.conftest import public

__all__ = ["public"]
