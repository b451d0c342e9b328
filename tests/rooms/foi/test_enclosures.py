"""What the applicant is given with a decision: examined, held, sealed, handed out by number and code alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.actions import CaseRefused, serve
from gongkai.foi.due import open_cases
from gongkai.foi.handling.actions import signing
from gongkai.foi.issuing.actions.enclosing import take_out_enclosure
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import Sent, confirm_by_office
from gongkai.foi.receiving.rules import How
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import What
from gongkai.foi.todo import todo
from gongkai.law.service import Means
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.screening import queries
from gongkai.screening.actions import release
from gongkai.screening.models import Screening
from gongkai.screening.queries import groups_of
from tests.pure.files.outgoing.test_planted import FILES
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import equip
from tests.rooms.foi.receiving.filling import SECRETS, begun, submitted
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root

MATERIAL = "竣工验收报告复印件一份"
PLANTED = {name: next(iter(pairs.values())) for name, pairs in FILES.items()}


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def sent(cast: Cast) -> Sent:
    """A request that came in over the internet and was confirmed today."""
    equip(cast)
    sent = submitted(cast.office, begun())
    confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
    sent.submission.refresh_from_db()
    return sent


def case_of(sent: Sent) -> Case:
    case = sent.submission.case
    assert case is not None
    return case


def upload(client: Client, case: Case, name: str, data: bytes) -> None:
    file = SimpleUploadedFile(name, data)
    typed = {"title": f"附件{name}", "file": file, "on": clock.today().isoformat()}
    answer = client.post(f"/desk/case/{case.url_key}/step/enclose/", typed)
    assert answer.status_code == 302, answer.content.decode()


def sign(cast: Cast, case: Case) -> None:
    """Draft and sign a decision that gives what was asked, by post."""
    on = clock.today()
    facts = {"material": MATERIAL, "service_way": "post"}
    if case.state == "handling":
        draft = signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
        signing.sign_secrecy(case, sha256=draft.sha256, on=on, by=_who(cast, Role.SECRECY_REVIEWER))
        signing.sign_legality(
            case, sha256=draft.sha256, on=on, by=_who(cast, Role.LEGALITY_REVIEWER)
        )
    sha = case.drafts.get(state="open").sha256
    signing.sign_reply(case, sha256=sha, on=on, by=cast.zhao)


def _who(cast: Cast, role: Role) -> Person:
    person = register_person(name=f"某{role.label}", staff_no=f"E-{role.value}", by=cast.li)
    appoint(person, cast.office, role=role, since=SINCE, by=cast.li)
    return person


def taken(sent: Sent, uid: object) -> tuple[int, bytes]:
    """Take *uid* as the applicant does."""
    asked = {"number": sent.submission.number, "code": sent.code, "act": "letter", "letter": uid}
    answer = Client().post("/apply/status/", asked)
    if answer.status_code == 200 and "attachment" in answer.get("Content-Disposition", ""):
        kept = (answer["Cache-Control"], answer["X-Robots-Tag"])
        assert ("no-store" in kept[0], kept[1]) == (True, "noindex")
    return answer.status_code, answer.content


def test_nothing_planted_leaves_through_a_case(
    cast: Cast, sent: Sent, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """5.8：每一种埋了隐患的文件都放得进、出不去；负责人签不了，申请人拿不到；换上干净的才签发。查询次数与文件多少无关。"""
    case, officer = case_of(sent), desk(cast.wang)
    for name, (_, bad, _) in PLANTED.items():
        upload(officer, case, name, bad)
    officer.get(f"/desk/case/{case.url_key}/")  # what the uploads had to say is shown once
    with django_assert_max_num_queries(13):  # two more than without files, however many there are
        page = officer.get(f"/desk/case/{case.url_key}/").content.decode()
    assert page.count("挡住了：有") == len(PLANTED)
    with pytest.raises(CaseRefused, match="不能发出；请改好文件重新检查"):
        sign(cast, case)
    case.refresh_from_db()
    assert (case.state, IssuedLetter.objects.filter(code="D11").count()) == ("signing", 0)
    enclosed = list(Enclosure.objects.all())
    assert {taken(sent, one.uid)[0] for one in enclosed} == {409}
    signing.take_back_draft(case, on=clock.today(), by=cast.wang)
    for one in enclosed:
        take_out_enclosure(case, uid=one.uid, on=clock.today(), by=cast.wang)
    assert Enclosure.objects.filter(taken_out_on=None).count() == 0


def test_the_applicant_takes_letter_and_file_with_the_code(
    cast: Cast, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """送达以后凭收件编号和查询码取决定书和附件；检查规则换了版本，附件重新检查以前取不到。"""
    case, clean = case_of(sent), "验收报告正文".encode()
    upload(desk(cast.wang), case, "报告.txt", clean)
    sign(cast, case)
    letter, enclosure = IssuedLetter.objects.get(code="D11"), Enclosure.objects.get()
    assert enclosure.letter_id == letter.pk
    assert [taken(sent, one.uid)[0] for one in (letter, enclosure)] == [409, 409]
    serve(case, on=clock.today(), way="邮寄", by=cast.wang)
    status, pdf = taken(sent, letter.uid)
    text = pdf_says(pdf)
    told = ["淯喆昇申请人" in text, "虚构渠清淤补偿标准" in text, "附件：附件报告.txt" in text]
    assert (status, told) == (200, [True, True, True])
    assert taken(sent, enclosure.uid) == (200, clean)
    assert taken(sent, "不是编号")[0] == 409
    shown = Client().post("/apply/status/", {"number": sent.submission.number, "code": sent.code})
    assert letter.number in shown.content.decode()
    monkeypatch.setattr(queries, "EXAMINER", 99)
    assert taken(sent, enclosure.uid)[0] == 409
    with pytest.raises(DatabaseError, match="已随文书签发"), transaction.atomic():
        Enclosure.objects.update(letter=None)


def test_an_officer_opens_a_letter_after_the_look_is_in_the_log(cast: Cast, sent: Sent) -> None:
    """个人信息保护法第五十一条：取 PDF、Word 要写事由并记录；外单位、没有职务的取不到；日志里没有个人信息。"""
    case = case_of(sent)
    sign(cast, case)
    letter = IssuedLetter.objects.get(code="D11")
    address = f"/desk/case/{case.url_key}/letter/{letter.uid}/"
    client = desk(cast.wang)
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (200, 400)
    assert not Event.objects.filter(kind="identity.looked").exists()
    got = [
        client.post(address, {"reason": "serve", "as": kind}).content for kind in ("pdf", "docx")
    ]
    assert [data[:4] for data in got] == [b"%PDF", b"PK\x03\x04"]
    looks = Event.objects.filter(kind="identity.looked")
    assert [json.loads(one.payload_text)["letter"] for one in looks] == [str(letter.uid)] * 2
    assert desk(cast.sun).get(address).status_code == 404
    log = "".join(Event.objects.values_list("payload_text", flat=True))
    assert [word for word in SECRETS if word in log] == []


def test_who_is_asked_to_confirm_a_letter_can_take_it(cast: Cast, sent: Sent) -> None:
    """5.9：拟稿时定为邮寄，后来经同意改为电子送达：请申请人确认收到的，申请人取得到；改寄以前取不到。"""
    case, on = case_of(sent), clock.today()
    sign(cast, case)
    letter = IssuedLetter.objects.get(code="D11")
    assert taken(sent, letter.uid)[0] == 409
    electronic = Sending(What.DECISION, Means.ELECTRONIC, note="申请表选择电子邮件")
    send(case, electronic, on=on, by=cast.wang)
    assert taken(sent, letter.uid)[0] == 200


def test_a_held_file_waits_for_who_may_release_it(cast: Cast, sent: Sent) -> None:
    """5.8：挡住的附件在能放行的人的待办里，写案件的最后一日；送检的人自己没有，放行了就不在。"""
    case, today, text = case_of(sent), clock.today(), "名单.txt"
    putting = desk(cast.li)
    upload(putting, case, text, "联系电话13800138000".encode())
    warned = "放入了，但被出门检查挡住：有手机号码，这样签发不了"
    assert warned in putting.get(f"/desk/case/{case.url_key}/").content.decode()
    upload(desk(cast.wang), case, "说明.txt", "没有问题".encode())

    def waits(person: Person) -> list[tuple[str, str, date | None]]:
        found = told(todo(standing_on(person, today), rules_on(today)))
        return [(one.what, one.address, one.due) for one in found if "挡住" in one.what]

    screening = Screening.objects.get(name=text)
    what = f"申请 {case.number}：给申请人的文件“附件{text}”被出门检查挡住"
    due = open_cases(Case.objects.all(), rules_on(today))[0].due
    assert waits(cast.zhao) == [(what, f"/desk/screening/{screening.uid}/", due)]
    assert (waits(cast.li), waits(cast.wang), waits(cast.chen)) == ([], [], [])
    held = {one.kind for one in groups_of(screening) if one.is_open}
    release(screening, reasons=dict.fromkeys(held, "只送本人"), by=cast.zhao)
    assert waits(cast.zhao) == []
