"""Why a step of the table cannot be taken: one sentence each, or nothing when it can.

A guard looks at the facts and at who acts, asks nothing of the database, and says what happened, the
article, and what to do instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import Signature
from gongkai.foi.issuing.notices import notices_due
from gongkai.foi.machine import EventKind

Guard = Callable[[Facts, UUID], str]
"""Given the facts and the uid of who acts: why not, or an empty sentence."""


def _correction_once(facts: Facts, _: UUID) -> str:
    if facts.notice is None and not facts.happened(EventKind.CORRECTION_ASKED):
        return ""
    return (
        "补正只能一次性告知（条例第三十条），本案已经告知过。内容仍不明确的，"
        "拟稿时选“补正后申请内容仍不明确”。"
    )


def _notice_unproved(facts: Facts, _: UUID) -> str:
    if facts.notice is not None and facts.notice.arrived_on is None:
        return ""
    return "补正告知书的送达已经登记，补正期限自送达起算（条例第三十条），不用再登记。"


def _consultation_unproved(facts: Facts, _: UUID) -> str:
    waiting = [one for one in facts.consultations if one.received_on is None and not one.settled]
    going = {one.asked_id for one in facts.on_their_way}
    if any(one.pk not in going for one in waiting):
        return ""
    if waiting:
        return "征求意见书正在送达途中：请办“登记送达结果”，收到之日由它登记（条例第三十三条）。"
    return "没有等待签收凭证的征求意见书；先办“征求意见”（条例第三十二条、第三十四条）。"


def _consultation_unanswered(facts: Facts, _: UUID) -> str:
    if any(not one.settled for one in facts.consultations):
        return ""
    return "没有等待答复的征求意见书；先办“征求意见”（条例第三十二条、第三十四条）。"


def _consultation_over(facts: Facts, _: UUID) -> str:
    waiting = [one for one in facts.consultations if not one.settled]
    days = [last for one in waiting if (last := facts.last_day_of(one)) is not None]
    if any(last < facts.on for last in days):
        return ""
    if days:
        return f"答复期限到 {min(days)} 才满，期满次日起才能登记逾期未答复（条例第三十二条、第三十四条）。"
    if waiting:
        return "还没有对方收到征求意见书的凭证，或者法律没有规定答复期限（征求其他机关），不能按逾期处理；请先登记签收，或者催问意见。"
    return "没有等待答复的征求意见书；先办“征求意见”（条例第三十二条、第三十四条）。"


def _extension_once(facts: Facts, _: UUID) -> str:
    most = facts.rules.number("reply.extension_times")
    if facts.happened(EventKind.EXTENDED) < most:
        return ""
    return f"同一申请只能延长 {most} 次（条例第三十三条、参数 reply.extension_times），本案已经延长过。请在期限内答复。"


def _extension_not_proposed(facts: Facts, _: UUID) -> str:
    if facts.proposal is None:
        return ""
    return f"{facts.proposal.proposed_by.name}已提请延长，正等负责人批准；不用重复提请。"


def _extension_proposed(facts: Facts, _: UUID) -> str:
    if facts.proposal is not None:
        return ""
    return "没有等待批准的延期提请；由承办人员先办“提请延长答复期限”（条例第三十三条）。"


def _extension_of_another(facts: Facts, who: UUID) -> str:
    if facts.proposal is None or facts.proposal.proposed_by.uid != who:
        return ""
    return "延期须经政府信息公开工作机构负责人同意（条例第三十三条），提请人不能批准自己的提请；请由另一位负责人办理。"


def _extension_settled(facts: Facts, _: UUID) -> str:
    if facts.proposal is None:
        return ""
    return (
        "延期提请还没有批准或者退回，不能同时送签答复；请负责人先办理延期提请（条例第三十三条）。"
    )


def _reason_once(facts: Facts, _: UUID) -> str:
    if facts.demand is None:
        return ""
    return (
        "已经要求申请人说明理由（条例第三十五条），不用再次告知；收到理由后办“审查申请人的理由”。"
    )


def _reason_unanswered(facts: Facts, _: UUID) -> str:
    if facts.demand is None:
        return "没有要求申请人说明理由；先办“要求说明理由”（条例第三十五条）。"
    return "" if facts.demand.judged_on is None else "申请人的理由已经审查过（条例第三十五条）。"


def _reason_accepted(facts: Facts, _: UUID) -> str:
    if facts.demand is not None and facts.demand.accepted:
        return ""
    return "申请理由审查为合理、又不能在期限内答复的，才能确定延迟答复的合理期限（条例第三十五条）；先办“审查申请人的理由”。"


def _delay_once(facts: Facts, _: UUID) -> str:
    until = facts.demand.delayed_until if facts.demand else None
    if until is None:
        return ""
    return f"延迟答复的期限已定到 {until}（条例第三十五条），不能再改；请在此前答复。"


def _assignment_open(facts: Facts, _: UUID) -> str:
    if any(one.returned_on is None for one in facts.assignments):
        return ""
    return "没有尚未交回的交办事项；先办“交办”（条例第四十五条）。"


def _words_unknown(facts: Facts, _: UUID) -> str:
    return (
        "申请内容已经在卷，文书照它引用（条例第二十九条），不用再录。" if facts.words_known else ""
    )


def _notice_due(facts: Facts, _: UUID) -> str:
    if notices_due(facts):
        return ""
    return "记录里要告知的都已经印发，或者还没有办到要告知的一步（条例第三十条、第三十二条、第三十三条）。"


def _enclosure_waiting(facts: Facts, _: UUID) -> str:
    return (
        ""
        if facts.enclosures
        else "还没有放入给申请人的文件；先办“附上要给申请人的文件”（条例第四十条）。"
    )


def _draft_of_mine(facts: Facts, who: UUID) -> str:
    if facts.draft is not None and facts.draft.drafted_by.uid == who:
        return ""
    whose = facts.draft.drafted_by.name if facts.draft else "拟稿人"
    return f"拟稿由拟稿人自己撤回；要改动的，请{whose}撤回，或者由审查、审核、签发的人退回。"


def _draft_of_another(facts: Facts, who: UUID) -> str:
    if facts.draft is None or facts.draft.drafted_by.uid != who:
        return ""
    return "拟稿人不能审查、签发或退回自己的拟稿；请由本机关担任这一角色的另一位同志办理，要改动的可以撤回。"


def _unsigned(kind: Signature.Kind) -> Guard:
    def guard(facts: Facts, _: UUID) -> str:
        if kind not in facts.wanted:
            return f"按规则库，答复签发前不要求{kind.label}。"
        return f"这份拟稿已经{kind.label}通过，不用再签。" if kind in facts.signed else ""

    return guard


def _nothing_signed_by_me(facts: Facts, who: UUID) -> str:
    if not facts.signed_by(who):
        return ""
    return "您已经签署过这份拟稿，一人不能办两个环节；请由另一位同志办理。"


def _signatures_complete(facts: Facts, _: UUID) -> str:
    missing = [kind.label for kind in facts.wanted if kind not in facts.signed]
    if not missing:
        return ""
    return f"还缺{'、'.join(missing)}（条例第十七条、第四十五条），签发前请先完成。"


CHARGES_NOTHING = (
    "本机关没有选定收费方式，依申请公开不收费（条例第四十二条）。确要收取信息处理费的，"
    "先由本机关负责人在“信息处理费”页选定按件或者按量，写明依据。"
)


def _fee_chosen(facts: Facts, _: UUID) -> str:
    return "" if facts.may_charge else CHARGES_NOTHING


def _fee_once(facts: Facts, _: UUID) -> str:
    there = next((one for one in facts.charges if one.state != one.State.CANCELLED), None)
    if there is None:
        return ""
    return (
        f"{there.asked_on} 已经通知过缴费（国办函〔2020〕109号：一件申请只按一种标准收一次）；"
        "通知有误的，由负责人撤销后重新通知。"
    )


def _fee_open(facts: Facts, _: UUID) -> str:
    if facts.charge is not None:
        return ""
    return "没有等待缴纳的收费通知；先办“通知缴费”（条例第四十二条）。"


def _fee_held(facts: Facts, _: UUID) -> str:
    if any(one.held for one in facts.charges):
        return ""
    return "没有已收、尚未退还的信息处理费，不用退费（国办函〔2020〕109号）。"


def _letter_to_send(facts: Facts, _: UUID) -> str:
    if facts.to_send:
        return ""
    return "没有要送达的文书：还没有作出，已经送达，或者正在送达途中（途中的登记送达结果）。"


def _letter_on_its_way(facts: Facts, _: UUID) -> str:
    if facts.on_their_way:
        return ""
    return "没有正在送达途中的文书；先办“送达”（国办公开办函〔2016〕235号）。"


GUARDS: Mapping[str, Guard] = {
    "correction_once": _correction_once,
    "notice_unproved": _notice_unproved,
    "consultation_unproved": _consultation_unproved,
    "consultation_unanswered": _consultation_unanswered,
    "consultation_over": _consultation_over,
    "extension_once": _extension_once,
    "extension_not_proposed": _extension_not_proposed,
    "extension_proposed": _extension_proposed,
    "extension_of_another": _extension_of_another,
    "extension_settled": _extension_settled,
    "reason_once": _reason_once,
    "reason_unanswered": _reason_unanswered,
    "reason_accepted": _reason_accepted,
    "delay_once": _delay_once,
    "assignment_open": _assignment_open,
    "words_unknown": _words_unknown,
    "notice_due": _notice_due,
    "enclosure_waiting": _enclosure_waiting,
    "draft_of_mine": _draft_of_mine,
    "draft_of_another": _draft_of_another,
    "secrecy_unsigned": _unsigned(Signature.Kind.SECRECY),
    "legality_unsigned": _unsigned(Signature.Kind.LEGALITY),
    "nothing_signed_by_me": _nothing_signed_by_me,
    "signatures_complete": _signatures_complete,
    "fee_chosen": _fee_chosen,
    "fee_once": _fee_once,
    "fee_open": _fee_open,
    "fee_held": _fee_held,
    "letter_to_send": _letter_to_send,
    "letter_on_its_way": _letter_on_its_way,
}
MEANINGS: Mapping[str, str] = {
    "correction_once": "还没有告知过补正",
    "notice_unproved": "告知书送达尚未登记",
    "consultation_unproved": "有未登记签收的征求意见书",
    "consultation_unanswered": "有未答复的征求意见书",
    "consultation_over": "答复期限已满",
    "extension_once": "没有超过延长次数",
    "extension_not_proposed": "没有等待批准的提请",
    "extension_proposed": "有等待批准的提请",
    "extension_of_another": "不是自己的提请",
    "extension_settled": "没有等待批准的延期提请",
    "reason_once": "还没有要求说明理由",
    "reason_unanswered": "已要求说明理由，尚未审查",
    "reason_accepted": "理由审查为合理",
    "delay_once": "还没有确定延迟期限",
    "assignment_open": "有尚未交回的交办",
    "words_unknown": "申请内容还没有在卷",
    "notice_due": "有要印发的文书",
    "enclosure_waiting": "有放入的文件",
    "draft_of_mine": "自己的拟稿",
    "draft_of_another": "别人的拟稿",
    "secrecy_unsigned": "要求保密审查且尚未审查",
    "legality_unsigned": "要求合法性审核且尚未审核",
    "nothing_signed_by_me": "没有签过别的环节",
    "signatures_complete": "要求的审查、审核都已通过",
    "fee_chosen": "本机关选定了收费方式",
    "fee_once": "没有有效的收费通知",
    "fee_open": "有等待缴纳的收费通知",
    "fee_held": "有已收、未退的费用",
    "letter_to_send": "有要送达的文书",
    "letter_on_its_way": "有送达途中的文书",
}
"""What each guard wants, in the words of the manual."""
