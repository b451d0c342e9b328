"""One letter to the served page: composed and printed as PDF and as Word, in a process that is warm."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from benchmarks.measure import median_seconds, say
from gongkai.law.rules import Rules
from gongkai.letters.composing import compose, letter_docx, letter_pdf
from gongkai.letters.facts import LetterFacts
from gongkai.letters.invented import invented
from gongkai.letters.rehearsal import rehearse
from gongkai.letters.wording.packaged import packaged

_ON = date(2025, 9, 22)
_RUNS = 21
_numbers = itertools.count(1)
_PARAGRAPH = (
    "经查阅承办机构的全部卷宗并向经办人员核实，该信息在招标评审过程中形成，尚未作出决定。" * 6
)


def run() -> None:
    """Measure a refusal of a page, the same with four pages of reasons, its Word file, its last reading."""
    short = invented("D13", _ON)
    long = replace(short, reasons="\n".join([_PARAGRAPH] * 12))
    rules = Rules.national(_ON)
    pdf = median_seconds(lambda: _pdf(short), _RUNS)
    say("letter as PDF", f"{pdf * 1000:.0f} ms", "bar: 50 ms")
    say(
        "the same with four pages of reasons",
        f"{median_seconds(lambda: _pdf(long), _RUNS) * 1000:.0f} ms",
    )
    word = median_seconds(lambda: letter_docx(compose("D13", short, packaged("D13"))), _RUNS)
    say("letter as Word", f"{word * 1000:.0f} ms")
    read = median_seconds(lambda: rehearse("D13", short, _ON, rules), _RUNS)
    say("last reading before signing", f"{read * 1000:.2f} ms")


def _pdf(facts: LetterFacts) -> bytes:
    """Print another letter each time: typesetting remembers what it has set before."""
    n = next(_numbers)
    request = replace(facts.request, number=f"2025-{n:04d}", applicant=f"示例人{n}")
    reasons = facts.reasons.replace("该信息", f"第{n}件")
    changed = replace(facts, number=f"示政办公复〔2025〕{n}号", request=request, reasons=reasons)
    return letter_pdf(compose("D13", changed, packaged("D13")))
