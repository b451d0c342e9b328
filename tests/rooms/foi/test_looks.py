"""查看申请人身份信息：只有办理的人，写明事由，先记后看，一次一看（个人信息保护法第五十一条）。"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Membership, Role
from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.foi.identity import Identity
from gongkai.foi.models import Applicant, Case
from gongkai.foi.personal.actions import LookRefused, look_at_identity
from gongkai.foi.personal.queries import looks_at
from gongkai.foi.personal.reasons import Reason
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import request_of

PASSWORD = "演示口令-只为测试-20240101"
SECRETS = ("试验申请人", "000000198001010015", "试验地址")
IDENTITY = Identity(*SECRETS)


@pytest.fixture
def asked(cast: Cast) -> Case:
    """A request to the county government, on which its office works."""
    return request_of(cast.county, cast.wang)


def somebody(cast: Cast, role: Role, *, at: str = "office") -> Person:
    person = register_person(name=f"某{role.label}", staff_no=f"L-{role.value}-{at}", by=cast.li)
    appoint(person, getattr(cast, at), role=role, since=SINCE, by=cast.li)
    return person


def desk(person: Person) -> Client:
    account = open_account(person, login=f"l{person.pk}", password=PASSWORD, by=person)
    client = Client()
    client.force_login(account)
    return client


def address(case: Case) -> str:
    return f"/desk/case/{case.url_key}/identity/"


def test_a_look_is_in_the_log_before_anything_is_seen(cast: Cast, asked: Case) -> None:
    """先写审计再给看；审计里有谁、哪一件、为什么，没有看到的内容。"""
    assert look_at_identity(asked, reason=Reason.REPLY, by=cast.wang) == IDENTITY

    event = Event.objects.get(kind="identity.looked")
    assert (event.stream, event.actor_name, event.subject) == (
        cast.county.code,
        "复审王",
        f"case:{asked.uid}",
    )
    assert json.loads(event.payload_text) == {"number": asked.number, "reason": "reply"}
    assert [(look.by, look.number, look.reason) for look in looks_at(asked)] == [
        ("复审王", asked.number, "制作答复书")
    ]
    assert not [text for text in SECRETS if text in event.payload_text + event.subject]


def test_no_record_no_look(cast: Cast, asked: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """审计写不进去，就什么也看不到。"""

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("gongkai.foi.personal.actions.record", full)
    with pytest.raises(OSError, match="disk full"):
        look_at_identity(asked, reason=Reason.REPLY, by=cast.wang)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_work_on_the_case(cast: Cast, asked: Case, role: Role) -> None:
    """承办、政务公开办、负责人能看；信息员、审核、督查、审计、三员都不能。"""
    person = somebody(cast, role)
    if role in (Role.CASE_OFFICER, Role.OPENNESS_OFFICER, Role.LEADER):
        assert look_at_identity(asked, reason=Reason.SERVE, by=person) == IDENTITY
        return
    with pytest.raises(LookRefused, match="承办、政务公开办、负责人"):
        look_at_identity(asked, reason=Reason.SERVE, by=person)
    answer = desk(person).post(address(asked), {"reason": "serve"})
    assert answer.status_code in (403, 404)
    assert not [text for text in SECRETS if text in answer.content.decode()]
    assert not Event.objects.filter(kind="identity.looked").exists()


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
)
def test_an_administrator_never_even_with_another_role(cast: Cast, asked: Case, role: Role) -> None:
    """三员分立：管理员看不到；绕过任命与触发器兼任了承办，也看不到。"""
    person = somebody(cast, role)
    with pytest.raises(LookRefused):
        look_at_identity(asked, reason=Reason.SERVE, by=person)
    guards.drop_all(connection)
    Membership.objects.create(person=person, agency=cast.grain, role=Role.CASE_OFFICER, since=SINCE)
    guards.install_all(connection)
    with pytest.raises(LookRefused):
        look_at_identity(asked, reason=Reason.SERVE, by=person)


def test_officers_of_another_agency_do_not_see_it(cast: Cast) -> None:
    """不变量四：湖泊局的承办看不到粮食局的案件，连有没有都不知道。"""
    case = request_of(cast.grain, cast.wang)
    outsider = somebody(cast, Role.CASE_OFFICER, at="lakes")
    with pytest.raises(LookRefused):
        look_at_identity(case, reason=Reason.SERVE, by=outsider)
    client = desk(outsider)
    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), {"reason": "serve"}).status_code == 404


def test_the_page_shows_it_once(cast: Cast, asked: Case) -> None:
    """打开是空的，写了事由才显示，再打开又要写；各页都不许缓存。"""
    client = desk(cast.wang)
    first = client.get(address(asked))
    shown = client.post(address(asked), {"reason": "reply"})
    again = client.get(address(asked))

    visible = [
        [text in page.content.decode() for text in SECRETS] for page in (first, shown, again)
    ]
    assert visible == [[False] * 3, [True] * 3, [False] * 3]
    assert all("no-store" in page["Cache-Control"] for page in (first, shown, again))
    assert len(looks_at(asked)) == 1


@pytest.mark.parametrize("reason", ["", "好奇", "reply\x00", "<script>", "x" * 5000])
def test_without_a_reason_nothing_is_shown(cast: Cast, asked: Case, reason: str) -> None:
    """没有事由、编造的事由：400，说明怎么办，不显示也不记录。"""
    answer = desk(cast.wang).post(address(asked), {"reason": reason})

    assert answer.status_code == 400
    assert "请" in answer.content.decode()
    assert not [text for text in SECRETS if text in answer.content.decode()]
    assert looks_at(asked) == []


def test_one_that_cannot_be_opened_is_told(cast: Cast, asked: Case, settings: Settings) -> None:
    """密钥不在：页面用一句中文说明，不是 500；没看到就不记。"""
    settings.IDENTITY_KEY = "another-key-of-thirty-two-characters"
    with pytest.raises(Unreadable):
        look_at_identity(asked, reason=Reason.REPLY, by=cast.wang)
    answer = desk(cast.wang).post(address(asked), {"reason": "reply"})
    assert (answer.status_code, "没有编号为" in answer.content.decode()) == (409, True)
    assert looks_at(asked) == []


def test_a_destroyed_identity_is_told(cast: Cast, asked: Case) -> None:
    """已按期限销毁：说明哪天销毁的，案件其他内容还在。"""
    Applicant.objects.update(
        ciphertext=b"", digest="", key_id="", alg="", purged_on=date(2030, 1, 2)
    )
    asked.refresh_from_db()
    with pytest.raises(LookRefused, match="2030-01-02"):
        look_at_identity(asked, reason=Reason.REPLY, by=cast.wang)


def test_leader_and_auditor_see_who_looked(cast: Cast, asked: Case) -> None:
    """负责人看本机关的查看记录，县里的审计看全县的，别的机关的负责人看不到这一件。"""
    other = request_of(cast.lakes, cast.wang, who="000000198001010023")
    helper = somebody(cast, Role.CASE_OFFICER, at="lakes")
    look_at_identity(asked, reason=Reason.REPLY, by=cast.wang)
    look_at_identity(other, reason=Reason.SERVE, by=helper)
    appoint(cast.zhao, cast.county, role=Role.LEADER, since=SINCE, by=cast.li)

    pages = {
        who: [(look.by, look.reason) for look in desk(person).get("/desk/looks/").context["looks"]]
        for who, person in (
            ("leader", cast.zhao),
            ("auditor", somebody(cast, Role.AUDITOR)),
            ("leader of another", somebody(cast, Role.LEADER, at="lakes")),
        )
    }

    mine, theirs = ("复审王", "制作答复书"), ("某承办", "送达：联系申请人、填写地址")
    assert pages == {"leader": [mine], "auditor": [theirs, mine], "leader of another": [theirs]}
    assert desk(cast.sun).get("/desk/looks/").status_code == 403
