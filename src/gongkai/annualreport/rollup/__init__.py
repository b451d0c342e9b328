"""A superior's bench: the reports of many bodies added up, and held against the one that sums them."""

from __future__ import annotations
