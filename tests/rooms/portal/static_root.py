"""WhiteNoise warns when the folder of collected files is missing; a test run has collected none."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def make_static_root() -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
