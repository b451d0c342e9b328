"""A verdict as one line of JSON, with the same keys whatever came out."""

from __future__ import annotations

import json

from gongkai.annualreport.checking.finding import Finding
from gongkai.annualreport.model import as_plain
from gongkai.annualreport.verdict.verdict import Verdict


def write_line(verdict: Verdict) -> str:
    """Return the JSON line of a verdict, its line end included."""
    document = {
        "source": verdict.source,
        "status": verdict.status,
        "report": None if verdict.report is None else as_plain(verdict.report),
        "findings": [_plain(finding) for finding in verdict.findings],
        "reason": verdict.reason,
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _plain(finding: Finding) -> dict[str, object]:
    """The JSON object of a finding; only a doubtful reading has `candidates`."""
    plain: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "expected": finding.expected,
        "actual": finding.actual,
        "message": finding.message,
        "basis": finding.basis,
    }
    if finding.candidates:
        plain["candidates"] = [list(row) for row in finding.candidates]
    return plain
