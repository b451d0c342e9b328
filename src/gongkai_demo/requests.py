"""The demo's requests for information, each walked through the rooms' own actions."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.audit import clock
from gongkai.foi import actions
from gongkai.foi.handling.actions import (
    consulting,
    correcting,
    extending,
    searching,
    signing,
)
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, What
from gongkai.law.counting import ONE_DAY
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.law.service import Means
from gongkai.rulebook.queries import rules_on
from gongkai_demo.asked import words_of
from gongkai_demo.cast import Cast
from gongkai_demo.id_numbers import id_number
from gongkai_demo.organs import DATA, Organ


@dataclass(frozen=True)
class Matter:
    """One invented request: when, how, by what class of applicant, what happened and how it ended."""

    received: date
    klass: str
    channel: str
    outcome: str
    course: str
    days: int


def handle_year(year: int, organs: Sequence[Organ], cast: Cast) -> int:
    """Register, handle, decide and serve every request of *year*; return how many."""
    plan = tomllib.loads((DATA / f"requests-{year}.toml").read_text(encoding="utf-8"))["request"]
    for n, row in enumerate(plan):
        organ = organs[row["organ"]]
        _handle(Matter(**{key: row[key] for key in Matter.__annotations__}), organ, n, cast)
    return len(plan)


def _handle(matter: Matter, organ: Organ, n: int, cast: Cast) -> None:
    case = actions.register_case(
        organ.agency,
        applicant=_applicant(matter, n),
        klass=matter.klass,
        arrival=_arrival(matter),
        words=words_of(matter.outcome, matter.received.year, n),
        by=cast.officer,
    )
    _COURSES[matter.course](case, matter.received, cast)
    if matter.outcome == "not_found":
        _search(case, matter.received, cast)
    decided = _working_day(matter.received + timedelta(days=matter.days))
    _reply(case, matter.outcome, decided, cast)
    _serve(case, n, _working_day(decided + ONE_DAY), cast)


def _serve(case: Case, n: int, posted: date, cast: Cast) -> None:
    """Posted on a day, signed for three days later: by post the day of posting counts."""
    order = cast.order
    sending = Sending(What.DECISION, Means.POST, tracking=f"{posted:%Y%m%d}{n:05d}")
    sent = send(case, sending, on=posted, order=order, by=cast.officer)
    slip = Slip("签收回执（演示）", "演示签收人")
    signed = _working_day(posted + 3 * ONE_DAY)
    record_result(sent, result=Result.DELIVERED, slip=slip, on=signed, order=order, by=cast.officer)


def _reply(case: Case, outcome: str, on: date, cast: Cast) -> None:
    """One drafts, three others sign: secrecy, legality, the head."""
    order = cast.order
    draft = signing.draft_reply(
        case,
        result=outcome,
        facts=_FACTS[outcome],
        refused_as=_HELD_BACK.get(outcome, ()),
        on=on,
        order=order,
        by=cast.officer,
    )
    sha = draft.sha256
    signing.sign_secrecy(case, sha256=sha, on=on, order=order, by=cast.author)
    signing.sign_legality(case, sha256=sha, on=on, order=order, by=cast.approver)
    signing.sign_reply(case, sha256=sha, on=on, order=order, by=cast.leader)


def _applicant(matter: Matter, n: int) -> Identity:
    year = matter.received.year
    if matter.klass == "law":
        return Identity(f"演示律师事务所{n}", f"31990000DEMO{year}{n:02d}", "演示地址")
    return Identity(f"演示申请人{n}", id_number(year % 2 * 100 + n), "演示地址")


def _arrival(matter: Matter) -> actions.Arrival:
    channel, day = Channel(matter.channel), matter.received
    facts = {
        Channel.IN_PERSON: ReceiptFacts(submitted_on=day),
        Channel.SIGNED_POST: ReceiptFacts(submitted_on=day - 2 * ONE_DAY, signed_on=day),
        Channel.WEB: ReceiptFacts(
            submitted_on=day, arrived_on=day, office_confirmed_on=day, applicant_confirmed_on=day
        ),
    }[channel]
    return actions.Arrival(channel, facts, clock.start_of(facts.submitted_on or day))


def _straight(case: Case, received: date, cast: Cast) -> None:
    """Nothing happens between receipt and decision."""


def _corrected(case: Case, received: date, cast: Cast) -> None:
    asked, order = _working_day(received + 3 * ONE_DAY), cast.order
    items = ["写明所需信息的年份和名称（演示）"]
    correcting.ask_correction(case, items=items, days=10, on=asked, order=order, by=cast.officer)
    correcting.record_notice_arrived(
        case, proof="回执（演示）", on=asked, order=order, by=cast.officer
    )
    day = _working_day(asked + 7 * ONE_DAY)
    correcting.record_correction(case, on=day, order=order, by=cast.officer)


def _consulted(case: Case, received: date, cast: Cast) -> None:
    by, order = cast.officer, cast.order
    sent = _working_day(received + 2 * ONE_DAY)
    arrived = _working_day(sent + 3 * ONE_DAY)
    party = consulting.Party("演示第三方", "演示地址")
    asked = consulting.ask_opinion(
        case, whom=OpinionKind.THIRD_PARTY, party=party, on=sent, order=order, by=by
    )
    consulting.record_arrival(asked, proof="签收单（演示）", on=arrived, order=order, by=by)
    answered, text = _working_day(arrived + 9 * ONE_DAY), "涉及个人隐私，不同意公开（演示）"
    consulting.record_opinion(asked, consents=False, text=text, on=answered, order=order, by=by)


def _extended(case: Case, received: date, cast: Cast) -> None:
    told, order = _working_day(received + 14 * ONE_DAY), cast.order
    reason = "需向档案馆调阅旧卷（演示）"
    extending.propose_extension(case, days=10, reason=reason, on=told, order=order, by=cast.officer)
    extending.approve_extension(case, told_on=told, order=order, by=cast.leader)


_COURSES: Mapping[str, Callable[[Case, date, Cast], None]] = {
    "straight": _straight,
    "corrected": _corrected,
    "consulted": _consulted,
    "extended": _extended,
}
_HELD_BACK = {"partial": ("refused_third_party",)}
_FACTS: Mapping[str, Mapping[str, str]] = {
    "granted": {"material": "纸质复印件一份，与本告知书一起寄送（演示）"},
    "already_public": {"where_published": "县政府网站法定主动公开内容栏目（演示）"},
    "partial": {
        "material": "遮盖后的复印件一份（演示）",
        "ground": "遮盖的是被征收人的姓名、住址和银行账号，公开会使他们的生活受到打扰，被征收人不同意公开（演示）",
        "part_refused_third_party": "被征收人的姓名、住址和银行账号",
        "separation": "这些内容集中在补偿表的三栏里，遮盖以后不影响其余内容（演示）",
    },
    "not_found": {},
    "not_responsible": {
        "responsible_organ": "演示市某局",
        "responsible_contact": "演示市演示路9号，0000-0000000",
        "reasons": "这项工作由市级机关负责，所需的材料由它制作并保存，本机关没有参与（演示）",
    },
    "petition": {
        "reasons": "来信要求查处邻居占道经营并对有关人员作出处理，实质是投诉举报（演示）",
        "channel": "演示县信访接待中心，演示路2号，0000-0000000",
    },
}


def _search(case: Case, received: date, cast: Cast) -> None:
    sought = searching.Sought(
        system="机关档案室与公文系统（演示）",
        scope="近十年收文、发文",
        terms="申请人描述的名称与文号",
        custodians="档案室（演示）",
        result="未检索到",
    )
    day = _working_day(received + 5 * ONE_DAY)
    searching.record_search(case, sought, on=day, order=cast.order, by=cast.officer)


def _working_day(day: date) -> date:
    calendar = rules_on(day).calendar
    while not calendar.is_working(day):
        day += ONE_DAY
    return day
