"""Printing a report in every way in which such reports are met, to try the reader on."""

from __future__ import annotations
