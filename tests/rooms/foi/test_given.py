"""交办给单位的：连文件一起交回，承办人被告知，一键放入给申请人的文件；到期没有交回的，待办里催办。"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import standing_on
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.handling.actions import assigning, signing
from gongkai.foi.handling.actions.assigning import assign
from gongkai.foi.handling.models import Assignment, ReturnedFile
from gongkai.foi.handling.todo import todo
from gongkai.foi.issuing.actions import taking_over
from gongkai.foi.issuing.models import Enclosure
from gongkai.foi.issuing.sealed import open_file
from gongkai.foi.models import Case
from gongkai.inbox.models import Notification
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.screening.actions import screen
from gongkai.screening.models import Screening
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.test_enclosures import PLANTED
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root

NAME, TITLE, FOUND = "王某某的验收.txt", "竣工验收报告", "验收报告正文".encode()
ANSWER = "竣工验收报告一份，示粮〔2023〕1号，存档案室"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def case(cast: Cast) -> Case:
    return request_of(cast.county, cast.wang, on=clock.today() - timedelta(days=9))


def given(cast: Cast, case: Case, *, ago: int = 5, until: int = 3) -> Assignment:
    """Give the grain bureau something to look for, some days *ago*, *until* a day counted from today."""
    today = clock.today()
    return assign(
        case,
        to=cast.grain,
        task="查虚构粮库竣工验收报告",
        due_on=today + timedelta(days=until),
        on=today - timedelta(days=ago),
        by=cast.wang,
    )


def returning(**changed: object) -> dict[str, object]:
    file = SimpleUploadedFile(NAME, FOUND)
    return {"nil": "no", "answer": ANSWER, "file_1": file, "title_1": TITLE, **changed}


def returned(cast: Cast, case: Case, **changed: object) -> ReturnedFile:
    """Return the one file the bureau gave back by its page."""
    page = f"/desk/assignment/{given(cast, case).uid}/"
    answer = desk(cast.chen).post(page, returning(**changed))
    assert (answer.status_code, answer["Location"]) == (302, page)
    return ReturnedFile.objects.select_related("assignment").get()


def take_over(client: Client, case: Case, row: ReturnedFile) -> str:
    """Click 放入给申请人的文件; return the page that follows."""
    page = f"/desk/case/{case.url_key}/"
    answer = client.post(f"{page}returned/{row.uid}/take/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    return answer.content.decode()


def waiting(person: Person) -> list[tuple[str, str, str, str]]:
    today = clock.today()
    found = told(todo(standing_on(person, today), rules_on(today), {}))
    return [(one.what, one.act, one.address, one.basis) for one in found]


def test_a_unit_returns_a_file_and_the_officer_is_told(cast: Cast, case: Case) -> None:
    """条例第四十五条：单位连文件交回一次，交办的人收到消息；文件名和内容加密，日志里没有；单位的人取不到文件。"""
    row = returned(cast, case)
    matter = row.assignment
    assert (matter.nil, matter.answer, matter.returned_by_id, matter.returned_on) == (
        False,
        ANSWER,
        cast.chen.pk,
        clock.today(),
    )
    assert (row.title, row.kind, row.size, row.enclosure) == (TITLE, "txt", len(FOUND), None)
    sealed = bytes(row.ciphertext)
    assert [word in sealed for word in (FOUND, NAME.encode())] == [False, False]
    sent = Notification.objects.filter(person=cast.wang)
    assert list(sent.values_list("kind", "title", "body", "address")) == [
        (
            "case.returned",
            "交办事项已交回",
            f"申请 {case.number} 的交办事项已经交回，请登录后查看。",
            f"/desk/case/{case.url_key}/",
        )
    ]
    (event,) = Event.objects.filter(kind="case.returned")
    told = json.loads(event.payload_text)
    assert {name: told[name] for name in ("nil", "files")} == {"nil": False, "files": 1}
    log = "".join(Event.objects.values_list("payload_text", flat=True))
    assert [word in log for word in (NAME, TITLE, ANSWER)] == [False] * 3
    unit = desk(cast.zhao), desk(cast.sun)
    address = f"/desk/case/{case.url_key}/returned/{row.uid}/"
    assert unit[1].post(address, {"reason": "reply"}).status_code == 404
    assert unit[0].post(f"{address}take/").status_code == 403
    assert desk(cast.li).get(f"{address}take/").status_code == 405


def test_a_file_is_examined_while_nothing_is_held(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5.14：案件页代为登记交回的，文件检查要几秒，其间不占数据库的写锁；检查完才一次写入。"""
    depths: list[int] = []

    def examined(agency: Agency, data: bytes, name: str, *, by: Person) -> Screening:
        depths.append(len(connection.savepoint_ids))
        return screen(agency, data, name, by=by)

    monkeypatch.setattr(assigning, "screen", examined)
    which, page = given(cast, case).uid, f"/desk/case/{case.url_key}/"
    client = desk(cast.wang)
    sent = {**returning(), "which": which, "on": clock.today(), "form_key": "0" * 32}
    answer = client.post(f"{page}step/return/", sent)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert (depths, ReturnedFile.objects.get().title) == ([0], TITLE)


def test_what_is_returned_wrong_is_refused_and_nothing_kept(cast: Cast, case: Case) -> None:
    """选“没有”又附文件、同一文件两次、第二次交回：各有说明，一个文件也不留。"""
    page, client = f"/desk/assignment/{given(cast, case).uid}/", desk(cast.chen)
    twice = {"file_2": SimpleUploadedFile("又一份.txt", FOUND), "title_2": "又一份"}
    tries = [
        (returning(nil="yes"), 409, "又附了文件，没有交回"),
        (returning(**twice), 409, "有两个文件内容完全相同"),
        (returning(answer=""), 400, "办理情况"),
    ]
    for typed, status, said in tries:
        answer = client.post(page, typed)
        assert (answer.status_code, said in answer.content.decode()) == (status, True), said
    assert (ReturnedFile.objects.count(), Notification.objects.filter(person=cast.wang).count()) == (0, 0)  # fmt: skip
    assert client.post(page, returning()).status_code == 302
    again = client.post(page, returning())
    assert (again.status_code, "已经由另一位同志交回" in again.content.decode()) == (409, True)
    assert ReturnedFile.objects.count() == 1


def test_the_officer_takes_a_file_over_by_a_click(cast: Cast, case: Case) -> None:
    """案件页一点就放入给申请人的文件：内容、名称照交回的，先记查看；放第二次说明已经在；取出后可以再放。"""
    row, officer = returned(cast, case), desk(cast.wang)
    shown = officer.get(f"/desk/case/{case.url_key}/").content.decode()
    button = f"/desk/case/{case.url_key}/returned/{row.uid}/take/"
    assert (button in shown, ANSWER in shown, NAME in shown) == (True, True, False)
    assert f"已放入给申请人的文件：{TITLE}。" in take_over(officer, case, row)
    enclosed = Enclosure.objects.get()
    assert (enclosed.title, open_file(enclosed)) == (TITLE, (NAME, FOUND))
    row.refresh_from_db()
    assert (row.enclosure, enclosed.added_by, enclosed.sha256) == (enclosed, cast.wang, row.sha256)
    (look,) = Event.objects.filter(kind="identity.looked")
    assert json.loads(look.payload_text) == {
        "number": case.number,
        "reason": "reply",
        "returned": str(row.uid),
    }
    again = take_over(officer, case, row)
    assert f"“{TITLE}”已经在给申请人的文件里，不用再放；请刷新后查看。" in again
    Enclosure.objects.update(taken_out_on=clock.today())
    assert f"已放入给申请人的文件：{TITLE}。" in take_over(officer, case, row)
    assert Enclosure.objects.filter(taken_out_on=None).count() == 1


def test_a_file_is_taken_over_together_with_the_note_of_it_or_not_at_all(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5.6：放入途中断在记下“成了哪个文件”之前，文件也没有放入；再点一次就放成，不会答“已经在”。"""
    row = returned(cast, case)

    class Dies:
        @property
        def objects(self) -> None:
            assert Enclosure.objects.count() == 1
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(taking_over, "ReturnedFile", Dies())
        with pytest.raises(KeyboardInterrupt):
            taking_over.take_over(row, on=clock.today(), by=cast.wang)
    row.refresh_from_db()
    assert (Enclosure.objects.count(), row.enclosure) == (0, None)
    enclosed = taking_over.take_over(row, on=clock.today(), by=cast.wang)
    assert (enclosed.sha256, ReturnedFile.objects.get().enclosure) == (row.sha256, enclosed)


def test_a_planted_file_a_unit_returned_is_held_at_the_gate(cast: Cast, case: Case) -> None:
    """5.8：单位交回的文件埋了隐患，收得下，放入以后挡住，案件页写明。"""
    name, (_, bad, _) = next(iter(PLANTED.items()))
    row = returned(cast, case, file_1=SimpleUploadedFile(name, bad))
    page = take_over(desk(cast.wang), case, row)
    assert "挡住了：有" in page
    assert "放入了，但被出门检查挡住：有" in page
    assert "由本单位的“负责人”或“政务公开办”写明理由放行（不能是送检的人）" in page
    assert "出门检查没有挡住" not in page


def test_a_file_without_a_name_is_kept_and_named_where_it_is_put_in(cast: Cast, case: Case) -> None:
    """条例第四十五条：没有写名称的文件照收，公开的一栏不用文件自己的名字（可能有姓名）；放入时由承办写附件名称。"""
    row = returned(cast, case, title_1="")
    assert row.title == "交回的文件（1）"
    officer, page = desk(cast.wang), f"/desk/case/{case.url_key}/"
    assert (
        'name="title" maxlength="100" value="交回的文件（1）"' in officer.get(page).content.decode()
    )
    officer.post(f"{page}returned/{row.uid}/take/", {"title": " 验收报告\x00（3页） "})
    assert [one.title for one in Enclosure.objects.all()] == ["验收报告（3页）"]


def test_nothing_is_put_in_while_a_draft_waits_to_be_signed(cast: Cast, case: Case) -> None:
    """条例第四十五条：有拟稿等签署时不给“放入”的按钮，写明先撤回拟稿；撤回以后又有。"""
    returned(cast, case)
    officer, page, on = desk(cast.wang), f"/desk/case/{case.url_key}/", clock.today()
    facts = {"material": "复印件"}

    def offered() -> tuple[bool, bool]:
        text = officer.get(page).content.decode()
        return ">放入给申请人的文件<" in text, "现在不能放入" in text

    assert offered() == (True, False)
    signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
    assert offered() == (False, True)
    signing.take_back_draft(case, on=on, by=cast.wang)
    assert offered() == (True, False)


def test_what_is_not_returned_in_time_waits_to_be_chased(cast: Cast, case: Case) -> None:
    """5.6：内部期限过了没有交回，承办人的待办里是“催办”，催过当天不再提；交回、期限当天都不提。"""
    matter = given(cast, case, until=-1)
    given(cast, request_of(cast.county, cast.wang), until=0)
    chase = f"/desk/case/{case.url_key}/step/chase/"
    wanted = (f"申请 {case.number}：交办到期没有交回：{matter.task}", "催办", chase, "条例第四十五条")  # fmt: skip
    assert [one for one in waiting(cast.wang) if one[1] == "催办"] == [wanted]
    assert [one for one in waiting(cast.sun) if one[1] == "催办"] == []
    typed = {"which": matter.uid, "on": clock.today().isoformat()}
    assert desk(cast.wang).post(chase, typed).status_code == 302
    matter.refresh_from_db()
    assert (matter.chased, matter.chased_on) == (1, clock.today())
    assert [one for one in waiting(cast.wang) if one[1] == "催办"] == []
    Assignment.objects.filter(pk=matter.pk).update(chased_on=clock.today() - timedelta(days=1))
    assert [one for one in waiting(cast.wang) if one[1] == "催办"] == [wanted]
