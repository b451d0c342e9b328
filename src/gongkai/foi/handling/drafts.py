"""A drafted reply as a value, and the bytes its signatures are over."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongkai.foi.handling.models import ReplyDraft
from gongkai.foi.models import Case
from gongkai.law.outcomes import REQUIREMENTS, VOCABULARY_VERSION, requirements, unmet
from gongkai.text.canonical import Plain, canonical_bytes

TITLES: Mapping[str, str] = {
    "material": "已提供的信息或者提供的方式",
    "where_published": "已公开信息的获取方式、途径",
    "ground": "不予公开的理由",
    "prohibition": "禁止公开的法律或者行政法规名称和条款",
    "risk": "会危及什么的具体说明",
    "third_party_not_asked": "没有征求第三方意见的理由",
    "special_rule": "有特别规定的法律、行政法规",
    "responsible_organ": "负责公开的机关",
    "organ_undeterminable": "不能确定负责机关的理由",
    "reasons": "理由",
    "prior_reply": "此前答复的文号",
    "withdrawal": "申请人撤回申请的书面记录",
}
"""What a person types for each fact that may be typed."""


@dataclass(frozen=True)
class Draft:
    """An outcome with what is written for it, and the grounds of the parts held back.

    *enclosures*: the hashes of the files the applicant is given; a signature is over them as well.
    """

    outcome: str
    facts: Mapping[str, str]
    refused_as: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()

    def content(self, case: Case) -> bytes:
        """Return the canonical bytes: those of another case, or of other words, are others."""
        plain: dict[str, Plain] = {
            "case": str(case.uid),
            "outcome": self.outcome,
            "facts": dict(self.facts),
            "refused_as": list(self.refused_as),
            "enclosures": list(self.enclosures),
            "vocabulary": VOCABULARY_VERSION,
        }
        return canonical_bytes(plain)


def read_draft(row: ReplyDraft) -> Draft:
    """Return what was drafted."""
    plain = json.loads(row.content_text)
    enclosures = tuple(plain.get("enclosures", ()))  # older drafts knew of none
    return Draft(plain["outcome"], plain["facts"], tuple(plain["refused_as"]), enclosures)


def typed_for(
    outcome: str, refused_as: tuple[str, ...] = (), shown: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the facts that are typed for *outcome*, in the order of its requirements.

    *shown*: what the case itself has on file. What it meets, nobody is asked for: why no third party was
    asked is no question where one was.
    """
    open_ones = unmet(outcome, shown, refused_as)
    wanted = [fact for need in open_ones for fact in need.any_of]
    return tuple(dict.fromkeys(fact for fact in wanted if fact in TITLES))


def explanation_of(fact: str) -> str:
    """Return what the vocabulary says of the requirement called like *fact*, or of the first it meets."""
    if fact in REQUIREMENTS:
        return REQUIREMENTS[fact].explanation
    needs = (need.explanation for need in REQUIREMENTS.values() if fact in need.any_of)
    return next(needs, "")


def instead_of(fact: str, outcome: str, refused_as: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the titles of the typed facts that make *fact* unnecessary for *outcome*; none if it has to be there."""
    met = [need.any_of for need in requirements(outcome, refused_as) if fact in need.any_of]
    others = [set(any_of) - {fact} for any_of in met]
    shared = set.intersection(*others) if others else set()
    return tuple(title for other, title in TITLES.items() if other in shared)
