"""零点、年末和改错的放假通知：成文日期、文号的年份、表三的年度是同一天的；印发了的文书不变，案件页说明两个日期。"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from gongkai.audit import clock
from gongkai.foi.clock import case_deadline
from gongkai.foi.handling.actions import signing
from gongkai.foi.handling.actions.extending import approve_extension, propose_extension
from gongkai.foi.issuing.actions.notifying import write_notice
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import LONGER, RECEIPT, Told
from gongkai.foi.issuing.sealed import open_letter
from gongkai.foi.models import Case
from gongkai.foi.queries import happenings
from gongkai.law.notice import parse_notice
from gongkai.law.packaged import notice_files
from gongkai.rulebook.actions import approve_notice, propose_notice
from gongkai.rulebook.kept_moves import kept_moves
from gongkai.rulebook.plans import notice_plan
from gongkai.rulebook.queries import gaps, rules_on
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import equip, request_of
from tests.rooms.foi.test_disputes import figures
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_steps import GIVEN, Office, make_office
from tests.rooms.portal.static_root import make_static_root

LAST, FIRST = date(2025, 12, 31), date(2026, 1, 1)
RECEIVED = date(2025, 12, 15)
SECOND = timedelta(seconds=1)
MANY = "申请涉及十二个虚构镇三年的纸质台账，须逐册查找、逐页核对，一月中旬以前完成不了"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


class Clock:
    """The machine's clock as a test sets it; with *step* it goes on whenever it is read."""

    def __init__(self, at: datetime) -> None:
        self.at, self.step = at, timedelta()

    def now(self) -> datetime:
        self.at += self.step
        return self.at


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hands = Clock(clock.start_of(LAST) + timedelta(hours=16))
    monkeypatch.setattr(clock, "now", hands.now)
    return hands


def ready(office: Office, who: str) -> tuple[Case, str]:
    """Return a request and the hash of its draft, which only the head has still to sign."""
    case = request_of(office.cast.county, office.officer, on=RECEIVED, who=who)
    facts = {**GIVEN, "service_way": "post"}
    draft = signing.draft_reply(case, result="granted", facts=facts, on=LAST, by=office.officer)
    signing.sign_secrecy(case, sha256=draft.sha256, on=LAST, by=office.secrecy)
    signing.sign_legality(case, sha256=draft.sha256, on=LAST, by=office.legality)
    return case, draft.sha256


def sign(head: Client, made: tuple[Case, str]) -> IssuedLetter:
    """Let the head sign on the page; return the letter."""
    case, sha = made
    answer = head.post(f"/desk/case/{case.url_key}/step/sign/", {"sha256": sha})
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/case/{case.url_key}/")
    case.refresh_from_db()
    return IssuedLetter.objects.get(case=case, code="D11")


def told(letter: IssuedLetter) -> tuple[date, str, bool]:
    """Return its date, its number, and whether what is printed says both."""
    on, text = letter.signed_on, pdf_says(open_letter(letter).pdf)
    printed = f"{on.year}年{on.month}月{on.day}日" in text and letter.number in text
    return on, letter.number, printed


def test_a_second_decides_the_year_of_letter_number_and_row(cast: Cast, hands: Clock) -> None:
    """12 月 31 日 23:59:59 签发的是旧年的文号、旧年的表三；1 月 1 日 00:00:01 的是新年第 1 号，旧年只结转。"""
    office = make_office(cast)
    old, new = ready(office, "000000198001010023"), ready(office, "000000198001010031")
    hands.at = clock.start_of(FIRST) - SECOND
    head = desk(office.head)
    first = told(sign(head, old))
    hands.at = clock.start_of(FIRST) + SECOND
    second = told(sign(head, new))
    mark = first[1].split("〔")[0]
    assert (first, second) == (
        (LAST, f"{mark}〔2025〕1号", True),
        (FIRST, f"{mark}〔2026〕1号", True),
    )
    assert (old[0].decided_on, new[0].decided_on, list(gaps())) == (LAST, FIRST, [])
    # The office's own request of 2024 was never answered: it is carried over both year ends.
    assert {key: n for key, n in figures(cast, 2025).items() if key.endswith(".tot")} == {
        "t3.new.tot": 2,
        "t3.carry.tot": 1,
        "t3.r1.tot": 1,
        "t3.r7.tot": 1,
        "t3.fwd.tot": 2,
    }
    assert {key: n for key, n in figures(cast, 2026).items() if key.endswith(".tot")} == {
        "t3.carry.tot": 2,
        "t3.r1.tot": 1,
        "t3.r7.tot": 1,
        "t3.fwd.tot": 1,
    }


@pytest.mark.parametrize("step", [150, 400])
def test_a_signature_that_lasts_over_midnight_is_of_one_day(
    cast: Cast, hands: Clock, step: int
) -> None:
    """签发时跨过零点：决定日期、成文日期、文号的年份仍是同一天，不会一半旧年一半新年。"""
    office = make_office(cast)
    made = ready(office, "000000198001010023")
    hands.at = clock.start_of(FIRST) - SECOND
    head = desk(office.head)
    hands.step = timedelta(milliseconds=step)
    on, number, printed = told(sign(head, made))
    assert hands.at > clock.start_of(FIRST)
    assert (made[0].decided_on, f"〔{on.year}〕1号" in number, printed) == (on, True, True)
    assert figures(cast, on.year)["t3.r1.tot"] == 1


def test_a_limit_runs_over_the_year_end(cast: Cast, hands: Clock) -> None:
    """条例第三十三条：12 月 15 日收到，元旦放 1 至 3 日、4 日（周日）上班，二十个工作日到 1 月 13 日。"""
    case = request_of(cast.county, cast.wang, on=RECEIVED)
    found = case_deadline(happenings(case), rules_on(LAST).as_of(RECEIVED))
    assert (found.due, found.provisional) == (date(2026, 1, 13), False)


def corrected(cast: Cast) -> bytes:
    """The notice of 2026 as it would be published again: 4 January is no working day after all."""
    row = json.loads(next(p for p in notice_files() if p.stem == "2026").read_bytes())
    row["number"] = "示办发〔2025〕99号"
    row["makeup"].remove("2026-01-04")
    return json.dumps(row, ensure_ascii=False).encode()


def approve(cast: Cast, data: bytes) -> list[tuple[str, str, str]]:
    """Propose the notice, approve what it moves; return what was moved, as it is kept."""
    proposed = propose_notice(data, by=cast.li)
    plan = notice_plan(parse_notice(data), clock.today())
    approve_notice(proposed, seen=plan.sha256, by=cast.zhao)
    proposed.refresh_from_db()
    kept = kept_moves(proposed)
    assert kept is not None
    return [(one.subject, one.before, one.after) for one in kept.moves]


def noted(officer: Client, case: Case) -> list[tuple[str, date, date]]:
    """Return what the case page says of letters that told another day."""
    page = officer.get(f"/desk/case/{case.url_key}/")
    found = [(one.title, one.said, one.now) for one in page.context["told_otherwise"]]
    words = page.content.decode()
    assert words.count("已经印发的文书不改") == len(found)
    return found


def test_a_corrected_notice_moves_the_clock_and_no_letter(cast: Cast, hands: Clock) -> None:
    """5.14：放假通知改正，期限经批准重排；登记回执、延期告知书一字不变，案件页写明说的和现在的；撤销改正后不再提。"""
    equip(cast)
    case, officer = request_of(cast.county, cast.wang, on=RECEIVED), desk(cast.wang)
    write_notice(case, letter=RECEIPT, told=Told(), on=LAST, by=cast.wang)
    receipt = IssuedLetter.objects.get(code=RECEIPT)
    before = bytes(receipt.ciphertext), pdf_says(open_letter(receipt).pdf)
    assert (receipt.due_on, "2026年1月13日" in before[1]) == (date(2026, 1, 13), True)
    assert noted(officer, case) == []
    moved = approve(cast, corrected(cast))
    assert moved == [(f"县人民政府 {case.number}", "2026-01-13", "2026-01-14")]
    receipt.refresh_from_db()
    assert (bytes(receipt.ciphertext), pdf_says(open_letter(receipt).pdf)) == before
    title = "登记回执"
    assert noted(officer, case) == [(title, date(2026, 1, 13), date(2026, 1, 14))]
    propose_extension(case, days=5, reason="材料多", on=LAST, by=cast.wang)
    case.refresh_from_db()
    approve_extension(case, told_on=LAST, by=cast.zhao)
    case.refresh_from_db()
    write_notice(case, letter=LONGER, told=Told(reasons=MANY), on=LAST, by=cast.wang)
    longer = IssuedLetter.objects.get(code=LONGER)
    # What the case itself moved is no such difference: the extension has a letter of its own.
    assert (longer.due_on, noted(officer, case)) == (
        date(2026, 1, 21),
        [(title, date(2026, 1, 13), date(2026, 1, 14))],
    )
    again = json.loads(corrected(cast))
    again["number"], again["makeup"] = "示办发〔2025〕100号", [*again["makeup"], "2026-01-04"]
    approve(cast, json.dumps(again, ensure_ascii=False).encode())
    assert [(one[1], one[2]) for one in noted(officer, case)] == [
        (date(2026, 1, 21), date(2026, 1, 20))
    ]
    for changed in ({"due_on": FIRST}, {"due_on": None}, {"events_seen": 9}):
        with pytest.raises(DatabaseError, match="不可更改"), transaction.atomic():
            IssuedLetter.objects.filter(pk=receipt.pk).update(**changed)
