"""The same figure in reports of different forms: one place that knows which cell equals which.

国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号 name some cells differently and divide 其他处理
differently; everything else either has the same key or no counterpart.
"""

from __future__ import annotations

import re

from gongkai.annualreport.model import Cell, Report

DECISIONS = ("t2.licence", "t2.penalty", "t2.coercion")
_IN_THE_OLD_FORM = {key: f"{key}.decisions" for key in DECISIONS}
_TWINS = _IN_THE_OLD_FORM | {old: new for new, old in _IN_THE_OLD_FORM.items()}
_OTHERWISE = re.compile(r"t3\.r6(?P<part>_\d)?\.(?P<column>\w+)")
_PARTS = ("_1", "_2", "_3")


def value_as(report: Report, key: str) -> Cell:
    """Return the cell of `report` that means what `key` means; blank when its form does not tell.

    The row 其他处理 of the older form is the sum of the three rows of the newer one. Only when it
    is 0 does it tell what the three are.
    """
    for name in (key, _TWINS.get(key, key)):
        if name in report.figures:
            return report.figures[name]
    otherwise = _OTHERWISE.fullmatch(key)
    return _otherwise(report, otherwise) if otherwise else None


def key_in(report: Report, key: str) -> str:
    """Return the name that `report`'s own form gives to the cell `key`; `key` when it has none."""
    twin = _TWINS.get(key, key)
    return key if key in report.figures or twin not in report.figures else twin


def _otherwise(report: Report, wanted: re.Match[str]) -> Cell:
    if wanted["part"]:
        return 0 if report.number(f"t3.r6.{wanted['column']}") == 0 else None
    found = [report.number(f"t3.r6{part}.{wanted['column']}") for part in _PARTS]
    known = [number for number in found if number is not None]
    return sum(known) if len(known) == len(found) else None
