"""出门检查: nothing leaves with something hidden in it, unless somebody else answers for it by name."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.annualreport.verdict.apart import (
    Apart,
    ApartError,
    CrashError,
    MemoryUpError,
    TimeUpError,
)
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.files.outgoing.concern import ConcernKind
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.screening import actions, queries
from gongkai.screening.actions import release, screen
from gongkai.screening.gate import refuse_held
from gongkai.screening.models import Release, Screening, Verdict
from gongkai.screening.queries import (
    clear_to_leave,
    groups_of,
    open_concerns,
    to_be_answered_for,
    visible_screenings,
)
from gongkai.screening.refusal import ScreeningRefused
from gongkai.text.canonical import sha256_hex
from gongkai_demo.id_numbers import id_number
from tests.rooms.cast import SINCE, Cast
from tests.rooms.walk.world import signed_in

NUMBER = id_number(1)
TEXT = f"张三，{NUMBER}，电话13800138000，zhangsan@example.cn".encode()
HASH = sha256_hex(TEXT)
PHONE, ID = ConcernKind.PHONE, ConcernKind.ID_NUMBER


@pytest.fixture
def leader(cast: Cast) -> Person:
    person = register_person(name="局长吴", staff_no="T009", by=cast.li)
    appoint(person, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
    return person


def held(cast: Cast) -> Screening:
    return screen(cast.grain, TEXT, "名单.txt", by=cast.chen)


def test_a_file_is_held_until_somebody_answers_for_each_kind(cast: Cast, leader: Person) -> None:
    """挡住的一种一种放行，写明理由；全部放行才能出门；只对这个机关、这些字节有效。"""
    screening = held(cast)
    assert (screening.verdict, clear_to_leave(HASH, cast.grain)) == (Verdict.HELD, False)
    release(screening, reasons={PHONE: "公布的工作电话"}, by=leader)
    assert [one.kind for one in open_concerns(HASH, cast.grain) or ()] == [ID]
    release(screening, reasons={ID: "答复当事人本人", PHONE: ""}, by=leader)
    assert clear_to_leave(HASH, cast.grain)
    assert not clear_to_leave(HASH, cast.lakes)
    assert not clear_to_leave(sha256_hex(TEXT + b"."), cast.grain)
    assert open_concerns(HASH, cast.lakes) is None
    said = [(one.kind, one.release.reason) for one in groups_of(screening) if one.release]
    assert said == [(ID, "答复当事人本人"), (PHONE, "公布的工作电话")]


def test_what_the_to_do_asks_for_is_what_holds_a_file(cast: Cast, leader: Person) -> None:
    """5.8：数据库里找的“等放行”，与逐条读检查结果一致：放行一半还等，全放行、没有人能放行、提醒、同文件又查过的不等。"""
    half, twice = held(cast), TEXT + b"2"
    screen(cast.grain, twice, "先.txt", by=cast.chen)
    last = screen(cast.grain, twice, "后.txt", by=cast.chen)
    screen(cast.grain, b"PK\x05\x06" + bytes(18), "包.zip", by=cast.chen)
    screen(cast.grain, "邮箱zhangsan@example.cn".encode(), "提醒.txt", by=cast.chen)
    screen(cast.grain, b'"kind":"phone"', "引号.txt", by=cast.chen)
    assert {one.verdict for one in Screening.objects.filter(name="包.zip")} == {Verdict.HELD}
    assert [*to_be_answered_for().order_by("pk")] == [half, last]
    release(half, reasons={PHONE: "公布的工作电话"}, by=leader)
    assert [*to_be_answered_for().order_by("pk")] == [half, last]
    release(half, reasons={ID: "答复当事人本人"}, by=leader)
    assert [*to_be_answered_for()] == [last]


def test_an_action_that_sends_is_told_why_not(cast: Cast, leader: Person) -> None:
    """要发出文件的动作：没有检查过、还挡着，都用一句话说明；放行以后不再拦。"""
    with pytest.raises(ScreeningRefused, match="”还没有按现在的规则做过出门检查"):
        refuse_held(HASH, cast.grain, "名单.txt")
    screening = held(cast)
    with pytest.raises(ScreeningRefused, match="”里有身份证号码、手机号码，不能发出"):
        refuse_held(HASH, cast.grain, "名单.txt")
    release(screening, reasons={PHONE: "工作电话", ID: "答复本人"}, by=leader)
    refuse_held(HASH, cast.grain, "名单.txt")


def test_a_clean_file_leaves_and_a_told_one_as_well(cast: Cast) -> None:
    """没有问题的直接可以出门；只有提醒的也可以。"""
    clean, told = "予以公开".encode(), b"office@example.cn"
    verdicts = [screen(cast.grain, one, "a.txt", by=cast.chen).verdict for one in (clean, told)]
    assert verdicts == [Verdict.CLEAN, Verdict.TOLD]
    assert all(clear_to_leave(sha256_hex(one), cast.grain) for one in (clean, told))


def test_the_same_bytes_are_examined_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """同一个文件再送检，还是那一次；检查规则换了版本，必须重新检查，放行也不再算数。"""
    first = held(cast)
    assert held(cast) == first
    for module in (actions, queries):
        monkeypatch.setattr(module, "EXAMINER", 99)
    assert open_concerns(HASH, cast.grain) is None
    assert not clear_to_leave(HASH, cast.grain)
    assert held(cast).examiner == 99


def test_who_may_let_go(cast: Cast, leader: Person) -> None:
    """放行的是本单位负责人或者政务公开办，不是送检的人，不是外单位的人（谁放行谁负责）。"""
    screening = held(cast)
    reasons = {PHONE: "工作电话"}
    for person in (cast.chen, cast.sun, cast.zhao):
        with pytest.raises(RoleRefused, match="放行由本单位的“负责人”或“政务公开办”办理"):
            release(screening, reasons=reasons, by=person)
    with pytest.raises(RoleRefused, match="出门检查由本单位的工作人员办理"):
        screen(cast.grain, b"a", "a.txt", by=cast.sun)
    own = screen(cast.grain, TEXT, "另一个.txt", by=leader)
    with pytest.raises(ScreeningRefused, match="您自己送检的，放行要由另一个人决定"):
        release(own, reasons=reasons, by=leader)
    with pytest.raises(DatabaseError, match="放行的人不能是检查"), transaction.atomic():
        Release.objects.create(
            screening=own, kind=PHONE, reason="工作电话", by_person=leader, at=clock.now()
        )


@pytest.mark.parametrize(
    ("reasons", "refusal"),
    [
        ({}, "请写明放行的理由"),
        ({PHONE: "  "}, "请写明放行的理由"),
        ({PHONE: "长" * 301}, "理由最多 300 个字"),
        ({ConcernKind.COMMENT: "看过"}, "没有“批注”的问题"),
        ({ConcernKind.EMAIL: "看过"}, "没有“电子邮箱”的问题"),
    ],
)
def test_what_is_no_reason_is_refused(
    cast: Cast, leader: Person, reasons: dict[ConcernKind, str], refusal: str
) -> None:
    """没有理由、理由过长、没有的问题：不放行，什么也不写。"""
    screening = held(cast)
    with pytest.raises(ScreeningRefused, match=refusal):
        release(screening, reasons=reasons, by=leader)
    assert Release.objects.count() == 0


def test_nobody_answers_for_what_nobody_could_open(cast: Cast, leader: Person) -> None:
    """打不开的、压缩包：不能放行。"""
    screening = screen(cast.grain, b"%PDF-1.4\n", "a.pdf", by=cast.chen)
    with pytest.raises(ScreeningRefused, match="“打不开，没有检查”不能放行：换一个能打开的文件"):
        release(screening, reasons={ConcernKind.UNREADABLE: "看过"}, by=leader)


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (TimeUpError(""), "检查超过 60 秒仍未完成，已停止"),
        (MemoryUpError(""), "检查时内存不够"),
        (CrashError(""), "检查时读取程序异常退出"),
    ],
)
def test_a_file_that_breaks_its_reader_is_held(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, failed: ApartError, said: str
) -> None:
    """读取程序超时、内存不够、崩溃：文件挡住，说明怎么办，别的照常。"""

    def fail(*_: object, **__: object) -> None:
        raise failed

    monkeypatch.setattr(Apart, "call", fail)
    screening = screen(cast.grain, b"a", "a.txt", by=cast.chen)
    assert screening.verdict == Verdict.HELD
    assert said in screening.findings


def test_a_kind_is_answered_for_once(cast: Cast, leader: Person) -> None:
    """两人同时放行同一项：先到的有效，后到的被告知。记录只可追加。"""
    screening = held(cast)
    release(screening, reasons={PHONE: "工作电话"}, by=leader)
    with pytest.raises(ScreeningRefused, match="刚刚由同事放行"):
        release(screening, reasons={PHONE: "工作电话"}, by=leader)
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
        Release.objects.all().delete()
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
        Screening.objects.update(verdict=Verdict.CLEAN)


def test_the_log_and_the_row_hold_no_personal_data(cast: Cast, leader: Person) -> None:
    """审计记录没有文件名、没有号码；检查结果里的号码都是遮盖的，文件本身不留。"""
    screening = screen(cast.grain, TEXT, f"张三{NUMBER}.txt", by=cast.chen)
    release(screening, reasons={PHONE: "张三的工作电话"}, by=leader)
    kept = f"{screening.name}{screening.findings}"
    log = "".join(Event.objects.filter(kind__startswith="screening.").values_list("payload_text", flat=True))  # fmt: skip
    assert log == (
        f'{{"examiner":1,"found":{{"email":1,"id_number":2,"phone":1}},"sha256":"{HASH}"}}'
        f'{{"kinds":["phone"],"sha256":"{HASH}"}}'
    )
    assert [one for one in (NUMBER, "13800138000", "zhangsan@") if one in kept] == []


def test_each_agency_sees_its_own(cast: Cast) -> None:
    """外单位看不到本单位检查过什么（不变量四）；县政府办公室督导全县的看得到。"""
    held(cast)
    seen = [
        visible_screenings(standing_on(one, date(2026, 1, 5))).count()
        for one in (cast.chen, cast.sun, cast.li)
    ]
    assert seen == [1, 0, 1]


def test_a_clerk_checks_and_a_leader_lets_go(cast: Cast, leader: Person) -> None:
    """网页上：上传、看结果、负责人写理由放行；文件名里的脚本不会执行。"""
    clerk, boss = signed_in(cast.chen), signed_in(leader)
    sent = SimpleUploadedFile("<b>名单.txt", TEXT)
    answer = clerk.post(reverse("screening-check"), {"agency": cast.grain.code, "file": sent})
    page = answer.headers["Location"]
    assert "不能出门" in clerk.get(page).text
    assert "<b>名单" not in clerk.get(page).text
    assert NUMBER not in clerk.get(page).text
    screening = Screening.objects.get()
    release_page = reverse("screening-release", args=[screening.uid])
    assert clerk.post(release_page, {"phone": "看过"}).status_code == 403
    assert boss.post(release_page, {"phone": ""}).status_code == 409
    assert (
        boss.post(release_page, {"phone": "工作电话", "id_number": "答复本人"}).status_code == 302
    )
    assert "可以出门" in clerk.get(page).text
    assert signed_in(cast.sun).get(page).status_code == 404
    assert "有放行" in clerk.get(reverse("screenings")).text
