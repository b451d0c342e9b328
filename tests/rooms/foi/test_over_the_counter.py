"""Every outcome from the counter to the served letter by the pages alone, and what the report then counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.figures import registry
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.serving.models import ServiceAttempt
from gongkai.law.outcomes import OUTCOMES, ROWS, Outcome
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import Person, User
from gongkai.reporting.compile import scope_of
from tests.pure.files.made import pdf
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.as_a_browser import send_form
from tests.rooms.foi.conftest import equip
from tests.rooms.foi.receiving.filling import WHO
from tests.rooms.portal.scene import PASSWORD
from tests.rooms.portal.static_root import make_static_root

LETTERS = Path(__file__).parents[3] / "docs" / "letters.md"
RECEIVED, YEAR_END = date(2026, 3, 2), date(2026, 12, 31)
SUBJECT = "虚构渠清淤补偿标准"
WHY = "该材料是虚构渠清淤方案的第二次讨论稿，形成于作出决定之前，内容与最后印发的方案并不一致"
WRITTEN: Mapping[str, str] = {
    "material": "虚构渠清淤补偿标准复印件一份",
    "where_published": "示例县政务公开网站检索“虚构渠”",
    "ground": WHY,
    "reasons": WHY,
    "prohibition": "《试验法》第五条",
    "risk": "载有水源井位坐标和昼夜值守安排，公开后供水设施难以防护",
    "special_rule": "《不动产登记暂行条例》",
    "channel": "示例县办事大厅三号窗口，试验路3号，0000-3333333",
    "responsible_organ": "示例县湖泊局",
    "responsible_contact": "试验路2号，0000-1111111",
    "prior_reply": "示政办公复〔2025〕3号",
    "prior_on": "2025-05-06",
    "separation": "该材料自成一册，可以与其余内容分开",
    "withdrawal": "申请人三月十日来信撤回，来信在卷",
}
"""What an officer writes wherever the page asks for it."""


@dataclass
class Counter:
    """The office, its people signed in anew whenever some days have passed, and the case at hand."""

    cast: Cast
    signers: Mapping[str, Person]
    today: date = RECEIVED
    users: dict[int, User] = field(default_factory=dict)

    def desk(self, person: Person) -> Client:
        """Return a browser in which *person* has just signed in."""
        if person.pk not in self.users:
            login = f"counter{person.pk}"
            self.users[person.pk] = open_account(person, login=login, password=PASSWORD, by=person)
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.users[person.pk])
        return client

    @property
    def case(self) -> Case:
        return Case.objects.get()

    def take(self, step: str, **typed: Any) -> None:
        """Let the case officer take *step* on its page, and be led back to the case."""
        self.take_as(self.cast.wang, step, **typed)

    def take_as(self, by: Person, step: str, **typed: Any) -> None:
        page = f"/desk/case/{self.case.url_key}/"
        self.send(f"{page}step/{step}/", typed, by=by, back=page)

    def send(self, address: str, typed: Mapping[str, Any], *, by: Person, back: str) -> None:
        answer = send_form(self.desk(by), address, typed)
        told = getattr(answer, "content", b"").decode()
        assert (answer.status_code, answer.get("Location")) == (302, back), told

    def write(self, code: str, **typed: Any) -> None:
        """Follow the link of the case page to letter *code*, and write it."""
        page = f"/desk/case/{self.case.url_key}/"
        shown = self.desk(self.cast.wang).get(page).content.decode()
        (address,) = re.findall(rf'"({page}step/notify/\?letter={code}-[0-9a-f-]+)"', shown)
        self.send(address, typed, by=self.cast.wang, back=page)

    def reach(self, *, what: str) -> None:
        """Hand letter *what* over the counter; its slip comes back the same day."""
        self.take("send", what=what, means="handed", on=self.today)
        self.take(
            "record-service",
            which=ServiceAttempt.objects.latest("pk").uid,
            result="delivered",
            proof="送达回证，编号 7",
            names="淯喆昇申请人（本人）",
            scan=SimpleUploadedFile("回证.pdf", pdf("x")),
            on=self.today,
        )


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Everything set up as it is before the first request, on a Monday morning in March."""
    office = Counter(cast, {role: _signer(cast, role) for role in _SIGN_FIRST})
    monkeypatch.setattr(clock, "now", lambda: _ten_o_clock(office.today))
    equip(cast)
    return office


_SIGN_FIRST = {"secrecy": Role.SECRECY_REVIEWER, "legality": Role.LEGALITY_REVIEWER}


def _signer(cast: Cast, name: str) -> Person:
    role = _SIGN_FIRST[name]
    person = register_person(name=f"某{role.label}", staff_no=f"C-{name}", by=cast.li)
    appoint(person, cast.office, role=role, since=SINCE, by=cast.li)
    return person


def _ten_o_clock(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def register(office: Counter) -> None:
    """Take in what somebody brings to the counter."""
    typed = {
        **{name: text for name, text in WHO.items() if name != "email"},
        **{"agency": office.cast.county.code, "subject": SUBJECT, "way": "pick_up"},
    }
    answer = send_form(office.desk(office.cast.wang), "/desk/intake/counter/", typed)
    assert "查询码" in getattr(answer, "content", b"").decode()


def _search(office: Counter) -> None:
    sought = {"system": "档案室", "scope": "全部", "terms": "虚构渠"}
    office.take("search", **sought, custodians="档案员", result="未检索到", on=office.today)


def _ask_to_correct(office: Counter) -> None:
    office.take("ask-correction", items="写明年份", days=7, on=office.today)
    office.write("D03", reasons=WHY, on=office.today)
    office.reach(what="correction")


def _silent_after_asked(office: Counter) -> None:
    _ask_to_correct(office)
    office.today = date(2026, 3, 18)


def _corrected(office: Counter) -> None:
    _ask_to_correct(office)
    office.today = date(2026, 3, 9)
    office.take("record-correction", on=office.today)


def _opinion(office: Counter) -> None:
    party = {"name": "某第三方", "contact": "某地", "matter": "合同附件中的报价表"}
    office.take("consult", whom="third_party", **party, on=office.today)
    office.take("consult-arrived", proof="回执", on=office.today)
    office.take("record-opinion", consents="no", text="不愿意公开", on=office.today)


def _demanded(office: Counter) -> None:
    office.take("ask-reason", found="一个月内向本机关提出三十一件", on=office.today)
    office.take("judge-reason", accepted="no", finding=WHY, on=office.today)


def _unpaid(office: Counter) -> None:
    basis = {
        "agency": office.cast.county.code,
        "basis": "page",
        "source": "示政办〔2025〕9号（虚构）",
    }
    since = {"since": "2026-01-01"}
    office.send("/desk/fees/", {**basis, **since}, by=office.cast.zhao, back="/desk/fees/")
    pages = SimpleUploadedFile("渠.pdf", pdf(*["x"] * 31))
    office.take("ask-fee", pay_how="窗口缴纳", file=pages, on=office.today)
    office.reach(what="fee")
    office.today = date(2026, 4, 10)


PREPARED: Mapping[str, Callable[[Counter], None]] = {
    "not_found": _search,
    "still_unclear": _corrected,
    "not_corrected": _silent_after_asked,
    "refused_third_party": _opinion,
    "excessive": _demanded,
    "fee_unpaid": _unpaid,
}


def draft(office: Counter, outcome: Outcome) -> None:
    """Write what the page asks for, look at the letter, send it to be signed."""
    page = f"/desk/case/{office.case.url_key}/step/draft/?outcome={outcome.code}"
    page += "&refused_as=refused_internal" if outcome.code == "partial" else ""
    asked = office.desk(office.cast.wang).get(page).context["form"].fields
    typed = {name: text for name, text in WRITTEN.items() if name in asked}
    if outcome.letter:
        looked = send_form(office.desk(office.cast.wang), page, typed, pressed="look=1")
        told = getattr(looked, "content", b"").decode()
        assert (looked.status_code, "没有发现问题" in told) == (200, True), told
    back = f"/desk/case/{office.case.url_key}/"
    office.send(page, typed, by=office.cast.wang, back=back)


def sign(office: Counter) -> None:
    for name, person in office.signers.items():
        office.take_as(person, f"sign-{name}", opinion="同意")
    office.take_as(office.cast.zhao, "sign", opinion="同意签发")


def letter_as_kept(office: Counter) -> str:
    """Return the words of the PDF an officer takes, having said why."""
    address = f"/desk/case/{office.case.url_key}/letter/{decision().uid}/"
    answer = send_form(
        office.desk(office.cast.wang), address, {"reason": "serve"}, pressed="as=pdf"
    )
    assert answer.status_code == 200
    return pdf_says(getattr(answer, "content", b""))


def decision() -> IssuedLetter:
    """Return the letter of the decision, which is the last one written."""
    return IssuedLetter.objects.latest("pk")


def letters_of_the_manual() -> dict[str, str]:
    """Return which letter ``docs/letters.md`` names for each outcome's title."""
    rows = [line.split("|") for line in LETTERS.read_text("utf-8").splitlines() if "](#d" in line]
    return {
        title: cells[1].strip()[1:4] for cells in rows for title in cells[3].strip().split("；")
    }


def counted(office: Counter) -> dict[str, int]:
    """Return the cells of table 3 that are not zero in the county government's figures of the year."""
    values = registry.values(scope_of(office.cast.county, 2026, YEAR_END))
    return {
        key: int(one.amount) for key, one in values.items() if key.startswith("t3.") and one.amount
    }


def test_the_outcomes_reached_here_are_all_leaves() -> None:
    """表三的 21 个明细行，每一行都有一种办理结果。"""
    assert {outcome.row for outcome in OUTCOMES.values()} == set(ROWS)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.code)
def test_each_outcome_from_the_counter_to_the_report_by_its_pages(
    office: Counter, outcome: Outcome
) -> None:
    """条例第三十至四十二条：窗口登记、办理、拟稿、审签、文书、凭证送达，全由表单办成；表三恰好一件，文书是手册写的那一种。"""
    register(office)
    if outcome.code in PREPARED:
        PREPARED[outcome.code](office)
    draft(office, outcome)
    sign(office)
    if outcome.letter:
        text = letter_as_kept(office)
        assert (WHO["name"] in text, SUBJECT in text) == (True, True)
        assert decision().code == letters_of_the_manual()[outcome.title]
        office.reach(what="decision")
    case = office.case
    reached = (case.state, case.outcome, case.served_on)
    assert reached == (
        ("served", outcome.code, office.today)
        if outcome.letter
        else ("decided", outcome.code, None)
    )
    assert counted(office) == {
        f"t3.{row}.{column}": 1 for row in ("new", outcome.row, "r7") for column in ("nat", "tot")
    }
