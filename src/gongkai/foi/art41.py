"""A request to correct a record (条例第四十一条): how it ends and what is typed for it, in its own words.

The outcomes are those of disclosure, so that one machine folds both kinds of case; what a correction uses of them,
and what it calls them, stands here alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.foi.issuing.typed import Typed
from gongkai.foi.models import CaseKind
from gongkai.law.outcomes import OUTCOMES

ENDS: Mapping[str, str] = {
    "granted": "更正",
    "other": "不予更正",
    "not_responsible": "不属于本机关职能范围，转送有权更正的机关",
    **{code: OUTCOMES[code].title for code in ("still_unclear", "not_corrected", "withdrawn")},
}
"""The outcomes by which a correction ends, in the order of the page, and what each is called."""
_REASONS = Typed("理由", "核实了哪些事实和证据，写进告知书。")
_TYPED: Mapping[str, Mapping[str, Typed]] = {
    "granted": {
        "material": Typed("更正了什么", "哪一份记录，由什么改成什么；写进告知书。"),
        "reasons": _REASONS,
    },
    "other": {"reasons": _REASONS},
    "not_responsible": {
        "responsible_organ": Typed("转送给哪个机关", "有权更正的机关（条例第四十一条）。"),
        "responsible_contact": Typed("那个机关的联系方式", "地址和电话。"),
        "reasons": Typed("理由", "为什么归那个机关更正，写进告知书。"),
    },
}


def result_title(kind: str, outcome: str) -> str:
    """Return what *outcome* of a case of *kind* is called."""
    own = ENDS if kind == CaseKind.CORRECTION else {}
    return own.get(outcome) or OUTCOMES[outcome].title


def result_article(kind: str, outcome: str) -> str:
    """Return the article of the 条例 that *outcome* of a case of *kind* rests on; empty where none names it."""
    return "第四十一条" if own_words(kind, outcome) else OUTCOMES[outcome].article


def results_of(kind: str) -> Mapping[str, str]:
    """Return the outcomes a case of *kind* can be drafted as, with their titles."""
    if kind == CaseKind.CORRECTION:
        return ENDS
    return {one.code: one.title for one in OUTCOMES.values()}


def own_words(kind: str, outcome: str) -> Mapping[str, Typed]:
    """Return the fields of a correction by their names; nothing where those of disclosure are the right ones."""
    return _TYPED.get(outcome, {}) if kind == CaseKind.CORRECTION else {}


def why_not(kind: str, outcome: str) -> str:
    """Return why a case of *kind* cannot end as *outcome*, or nothing."""
    if outcome in results_of(kind):
        return ""
    return (
        f"更正申请不能以“{OUTCOMES[outcome].title}”办结（条例第四十一条）；"
        f"可以选：{'、'.join(ENDS.values())}。"
    )
