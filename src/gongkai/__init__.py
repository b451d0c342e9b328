"""Gongkai 公开: runs the open-government office of a Chinese county."""

from __future__ import annotations

__version__ = "0.1.0"
