"""Every write of the registers."""

from __future__ import annotations

from gongkai.registers.actions.importing import (
    confirm_import,
    discard_import,
    stage_import,
    stage_row,
)
from gongkai.registers.actions.keeping import correct_entry, expire_shown, remove_entry

__all__ = [
    "confirm_import",
    "correct_entry",
    "discard_import",
    "expire_shown",
    "remove_entry",
    "stage_import",
    "stage_row",
]
