"""The wording of labels in flattened text, so that a misspelt one is still found out.

Wrapping may tear a label to pieces or weave it into its neighbour. A label is called wrong only when
something clearly like it stands there, and missing only when its characters do.
"""

from __future__ import annotations

import difflib
from functools import lru_cache

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.wording import fold, fold_unnumbered

_ALIKE = 0.8
_LONGEST_SLIP = 3


def printed_labels(form: ReportFormat, table: str, text: str) -> dict[str, str]:
    """Return slot and wording for the labels of one table ("t2") found in its stretch of `text`."""
    plain = fold(text)
    if not plain:
        return {}
    found = {
        slot: wording
        for slot, label in form.labels.items()
        if slot.startswith(table) and (wording := _wording(form, slot, label, plain)) is not None
    }
    if table == "t3" and any(sign in plain for sign in ("勾稽", "钩稽")):
        found["t3:note"] = form.t3.note
    return found


def _wording(form: ReportFormat, slot: str, label: str, plain: str) -> str | None:
    also = (row.also for row in form.t3.rows if slot == f"t3.{row.key}:row")
    for text in (label, *next(also, ())):
        if fold(text) in plain or fold_unnumbered(text) in plain:
            return text
    return _slip(fold_unnumbered(label), plain) or (label if _in_pieces(label, plain) else None)


def _slip(label: str, plain: str) -> str | None:
    """Return the stretch that is this label but for a sign or two."""
    best: tuple[float, str] = (0.0, "")
    for size in range(max(4, len(label) - _LONGEST_SLIP), len(label) + 2):
        for start in range(len(plain) - size + 1):
            part = plain[start : start + size]
            if part[0] == label[0] and part[-1] == label[-1]:
                best = max(best, (difflib.SequenceMatcher(None, part, label).ratio(), part))
    return best[1] if best[0] >= _ALIKE else None


def _in_pieces(label: str, plain: str) -> bool:
    """Whether the label may stand there torn apart: all its characters do."""
    return set(fold_unnumbered(label)) <= set(plain)


def is_header(form: ReportFormat, text: str) -> bool:
    """Tell whether a line is labels of the tables, whole or torn: all its characters are theirs."""
    return bool(text.strip()) and set(fold(text)) <= _characters(form)


@lru_cache
def _characters(form: ReportFormat) -> frozenset[str]:
    labels = [*form.labels.values(), form.t3.applicants, form.t3.organisations]
    labels += [part for row in form.t3.rows for part in row.path]
    labels += [part for block in form.t4.blocks for part in block.path]
    labels += [block.columns[0] for block in form.t2]
    return frozenset("".join(map(fold, labels)))
