"""What keeps a letter from being signed: what nobody has set, and the faults of a last reading."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.agencies.rules import DESCRIBERS
from gongkai.foi.handling.facts import Facts
from gongkai.foi.models import Case
from gongkai.law.letters import LETTERS
from gongkai.letters.facts import LetterFacts
from gongkai.letters.rehearsal import Defect, rehearse
from gongkai.letters.rules import PROPOSES

_SET_ELSEWHERE = frozenset({"remedies_absent"})
"""Faults that are said here with who mends them and where."""


def missing_of(case: Case, code: str, facts: LetterFacts) -> Sequence[str]:
    """Return in sentences what has to be there before any letter of *case* is written: who sets it, and where."""
    found = []
    if not facts.office.name:
        found.append(
            f"{facts.office.organ}还没有登记机构信息，文书写不出工作机构、地址和电话（条例第四条、第十二条）；"
            f"请{DESCRIBERS}在“机关”里登记"
        )
    if LETTERS[code].remedy_clause and facts.complaint is None:
        found.append(
            f"还没有设置{facts.office.organ}的复议机关和管辖法院，决定不能没有救济途径（行政复议法、行政诉讼法）；"
            f"请{PROPOSES}在“文书—复议机关和法院”里设置"
        )
    if not facts.request.content:
        found.append(
            f"申请 {case.number} 没有录入申请内容，文书要照原文引用（条例第三十六条）；请承办人员先办“录入申请内容”"
        )
    return found


def read_through(code: str, facts: LetterFacts, known: Facts) -> Sequence[Defect]:
    """Return the faults of the letter as opposing counsel would find them."""
    found = rehearse(code, facts, known.on, known.rules)
    return [defect for defect in found if defect.code not in _SET_ELSEWHERE]


def sentences(defects: Sequence[Defect]) -> Sequence[str]:
    """Return each blocking fault in a sentence with its basis and what to do."""
    return [
        f"{defect.sentence.rstrip('。')}（{defect.basis}）；{defect.remedy.rstrip('。')}"
        for defect in defects
        if defect.blocking
    ]
