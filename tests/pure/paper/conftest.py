"""Property tests of this folder: no time limit per example, two slow cores must not fail them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("paper", deadline=None)
settings.load_profile("paper")
