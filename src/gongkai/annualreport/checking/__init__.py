"""Checking a report: `gongkai.annualreport.checking.check.check`, driven by two data files."""

from __future__ import annotations
