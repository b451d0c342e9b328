"""What a person types for a letter beyond what its outcome requires, and by which way it is to go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.law.outcomes import OUTCOMES, PARTIAL, Route
from gongkai.law.service import MEANS, Means
from gongkai.letters.wording.packaged import duty

WAYS: Mapping[str, str] = {
    means.value: MEANS[means].title
    for means in (Means.HANDED, Means.ENTRUSTED, Means.POST, Means.ELECTRONIC)
}
"""How a letter may be meant to go out; to leave it or to put up a notice is what remains when that fails."""
WAY, PRIOR_DAY = "service_way", "prior_on"
PUBLIC_INTEREST, UNFOUNDED = "public_interest", "objection_unfounded"
"""Why what a third party objects to is given out: for the public interest, or because no reason bears its objection."""
READER, HIMSELF = "reader", "himself"
"""To whom the letter goes where an agent's authority is not on file: to the applicant himself or nobody."""
READERS: Mapping[str, str] = {
    "": "代理人（须先在收件页补入授权委托书）",
    HIMSELF: "申请人本人，不经代理人",
}
OBJECTION = "opinion_of_"
"""Before the number of the letter a third party objects to: whether the organ follows it."""
HEEDED, OVERRULED = "heeded", "overruled"
FOLLOWED: Mapping[str, str] = {
    HEEDED: "采纳：有关的部分不公开",
    OVERRULED: "不采纳：决定公开，签发时书面告知这一方",
}
PART = "part_"
"""Before the outcome as which a part is held back: what that part is."""


@dataclass(frozen=True)
class Typed:
    """One field: what it is called, how it is explained, whether the letter cannot do without it."""

    title: str
    help: str
    need: bool = False


_REASONS = Typed("理由", "写进文书，说明本案的情况，不要只引条文。")
_ON_FILE: Mapping[str, str] = {
    "excessive": "写进文书；不写的，用审查申请人的理由时写的审查意见。",
}
"""Outcomes whose reasons the file already has, though the letter must give them: how they are explained."""
_TITLES: Mapping[str, Typed] = {
    "separation": Typed(
        "能不能区分处理", "能分开的写怎样分开，不能分开的写为什么（条例第三十七条）。", need=True
    ),
    "given_by": Typed("提供方式", "例如“纸质复印件一份，与本告知书一起寄出”。"),
    "reasons": _REASONS,
    "channel": Typed("办理渠道", "到哪里、怎样办理，写明地址和电话。", need=True),
    "responsible_contact": Typed(
        "负责机关的联系方式", "地址和电话（条例第三十六条第（五）项）。", need=True
    ),
    PRIOR_DAY: Typed("此前答复的日期", "", need=True),
    PUBLIC_INTEREST: Typed(
        "不公开会对公共利益造成什么重大影响",
        "第三方不同意公开而决定公开的，写明本案的情况；签发时书面告知第三方（条例第三十二条）。",
    ),
    UNFOUNDED: Typed(
        "第三方不同意的理由为什么不成立",
        "第三方的理由合理、因公共利益仍要公开的，填上一栏；理由不合理的，填这一栏（条例第三十二条）。",
    ),
}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "granted": ("given_by", "reasons"),
    "already_public": ("reasons",),
    "partial": ("given_by",),
    "special_query": ("channel", "reasons"),
    "not_found": ("reasons",),
    "not_responsible": ("responsible_contact", "reasons"),
    "not_ready_made": ("channel",),
    "still_unclear": ("reasons",),
    "petition": ("channel",),
    "publication": ("channel",),
    "repeated": (PRIOR_DAY, "reasons"),
    "reissue": (PRIOR_DAY, "reasons"),
    "excessive": ("reasons",),
    "not_corrected": ("reasons",),
    "fee_unpaid": ("reasons",),
    "not_government_information": ("channel",),
    "other": ("channel",),
}


def fields_for(
    outcome: str, refused_as: Sequence[str] = (), *, objected: bool = False
) -> Iterator[tuple[str, Typed]]:
    """Yield what is typed for the letter of *outcome*, in the order of the page.

    *objected*: a third party objects to what is given out.
    """
    withholds = OUTCOMES[outcome].remedies in (Route.REFUSAL, Route.PARTIAL)
    for part in refused_as if outcome == PARTIAL else [outcome] if withholds else ():
        yield PART + part, Typed(title_of(PART + part), "例如“第三页的姓名和住址”。")
    names = (*(["separation"] if withholds else []), *_FIELDS.get(outcome, ()))
    for name in (*names, *((PUBLIC_INTEREST, UNFOUNDED) if objected else ())):
        yield name, _reasons(outcome) if name == "reasons" else _TITLES[name]


def _reasons(outcome: str) -> Typed:
    """Return the field for the reasons: to be written where the letter must give them and no step has asked yet."""
    if outcome in _ON_FILE:
        return replace(_REASONS, help=_ON_FILE[outcome])
    return replace(_REASONS, need="理由" in duty(OUTCOMES[outcome].letter).must)


def title_of(name: str) -> str:
    """Return what the field *name* is called, itself where it is none of these."""
    if name.startswith(PART):
        held = OUTCOMES.get(name.removeprefix(PART))
        return f"不公开的是哪一部分（{held.title if held else name}）"
    if name.startswith(OBJECTION):
        return f"第 {name.removeprefix(OBJECTION)} 份征求意见书：第三方不同意公开的意见"
    if name in (WAY, READER):
        return "送达方式" if name == WAY else "收件人"
    return _TITLES[name].title if name in _TITLES else name
