"""消息：写在收件箱里，邮件只是提醒；主题和内容都没有个人信息。"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.inbox.actions import mark_read, notify, wish_for
from gongkai.inbox.context import unread
from gongkai.inbox.guard import PersonalDataRefused, refuse_personal_data
from gongkai.inbox.models import MailState, Notification, Wish
from gongkai.inbox.queries import inbox_of, unread_of
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, State
from gongkai.jobs.work.loop import run_next
from gongkai.people.models import Person
from gongkai.returns.actions import file_return, send_back_return
from gongkai.returns.models import Item
from tests.rooms.cast import SINCE, Cast
from tests.rooms.inbox.smtp import smtp
from tests.rooms.portal.scene import account, freeze_and_release, make_scene

SECRETS = ("甲乙丙申请人", "110101190001010001", "13900000001")


class Undone(Exception):
    """A caller changes its mind."""


def tell(*persons: Person, kind: str = "t.kind", title: str = "有一件事", body: str = "") -> None:
    notify(persons, kind=kind, title=title, body=body, address="/desk/", by=CLOCKWORK)


def do_all() -> None:
    while run_next():
        pass


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, person.staff_no.lower()))
    return client


def test_without_a_mail_server_there_is_the_inbox(cast: Cast) -> None:
    """没有设置邮件：消息照样在收件箱里，不排邮件。"""
    Person.objects.update(email="someone@example.gov.cn")
    tell(*Person.objects.all()[:2])
    assert [row.mail_state for row in Notification.objects.all()] == [MailState.NONE] * 2
    assert Job.objects.count() == 0


def test_a_mail_says_what_kind_of_matter_and_where(mailing: Cast) -> None:
    """邮件：主题是“【政务公开】”加事项种类；内容是机关、编号、期限、链接。"""
    notify(
        [mailing.chen, mailing.sun, mailing.chen],
        kind="t.kind",
        title="申请即将到期",
        body="示例县粮食局，受理编号 2024-0012，2024 年 3 月 29 日到期。",
        address="/desk/jobs/",
        agency=mailing.grain,
        by=CLOCKWORK,
    )
    do_all()
    (letter,) = mail.outbox
    assert letter.subject == "【政务公开】申请即将到期"
    assert letter.to == ["chen@example.gov.cn"]
    assert letter.body == (
        "申请即将到期\n示例县粮食局，受理编号 2024-0012，2024 年 3 月 29 日到期。\n"
        "https://zwgk.example.gov.cn/desk/jobs/\n\n"
        "此邮件由系统发出，请勿回复。内容以登录后看到的为准。\n"
    )
    states = {row.person: row.mail_state for row in Notification.objects.select_related("person")}
    assert states == {mailing.chen: MailState.SENT, mailing.sun: MailState.NONE}


def test_a_message_of_a_change_that_is_undone_never_was(mailing: Cast) -> None:
    """改动撤销，消息和邮件都没有。"""

    @transaction.atomic
    def regretted() -> None:
        tell(mailing.chen)
        raise Undone

    with pytest.raises(Undone):
        regretted()
    do_all()
    assert (Notification.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    "text",
    [
        "申请人证件 110101190001010001",
        "证件11010119000101000X。",
        "电话13900000001",
        "电话 139-0000-0001",
        "+8613900000001",
        "老证件 110101900101001",
        "全角 １３９０００００００１",
        "卡号 4111 1111 1111 1111",
        "邮箱 someone@example.com",
    ],
)
def test_what_looks_personal_is_refused(cast: Cast, text: str) -> None:
    """证件号、手机号、邮箱不能进消息；拒绝的话里也不重复它。"""
    with pytest.raises(PersonalDataRefused) as refused:
        tell(cast.chen, body=text)
    assert not any(char.isdigit() for char in str(refused.value))
    assert Notification.objects.count() == 0


@given(st.integers(0, 10**9), st.dates(date(2019, 1, 1)))
def test_numbers_of_matters_and_days_pass(number: int, day: date) -> None:
    """编号、文号、日期不是个人信息，不误伤。"""
    refuse_personal_data(f"示政公开〔{day.year}〕{number % 1000}号，{day}到期，共 {number} 件")


def test_an_address_stays_on_this_site(cast: Cast) -> None:
    """链接只指向本站。"""
    for address in ("https://elsewhere.example/", "//elsewhere.example/", "desk/"):
        with pytest.raises(ValueError, match=r"desk|elsewhere"):
            notify([cast.chen], kind="t", title="事", address=address, by=CLOCKWORK)


def test_a_real_server_takes_the_mail(mailing: Cast, settings: Settings) -> None:
    """经真实的 SMTP 连接发出；同一条消息重发时邮件编号不变。"""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with smtp() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        tell(mailing.chen)
        do_all()
        row = Notification.objects.get()
        Notification.objects.update(mail_state=MailState.QUEUED)  # as if killed before it was noted
        start("inbox.mail", arguments={"notification": str(row.uid)}, by=CLOCKWORK)
        do_all()
    first, second = server.mails
    assert f"Message-ID: <{row.uid}@example.gov.cn>" in first
    assert f"Message-ID: <{row.uid}@example.gov.cn>" in second
    assert "Auto-Submitted: auto-generated" in first
    assert not any(secret in first for secret in SECRETS)
    assert Notification.objects.get().mail_state == MailState.SENT


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (
            "550 no such user",
            State.FAILED,
            "邮件服务器不接受收件人的邮箱（550）。请核对其工作邮箱。",
        ),
        ("450 busy", State.QUEUED, "邮件服务器不接受收件人的邮箱（450）。请核对其工作邮箱。"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(
    mailing: Cast, settings: Settings, answer: str, state: State, reason: str
) -> None:
    """邮箱不存在就不再试；暂时不收的过会儿再试。原因里没有邮箱地址，消息仍在收件箱。"""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with smtp(RCPT=answer) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        tell(mailing.chen)
        do_all()
    job = Job.objects.get()
    assert (job.state, job.reason) == (state, reason)
    assert Notification.objects.get().mail_state == MailState.FAILED
    assert unread_of(mailing.chen.pk) == 1


def test_a_server_that_is_not_there_is_tried_again(mailing: Cast, settings: Settings) -> None:
    """连不上邮件服务器：稍后再试，最后算没有办成，可人工重试。"""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(mailing.chen)
    do_all()
    job = Job.objects.get()
    assert (job.state, job.tries) == (State.QUEUED, 1)
    assert job.reason.startswith("邮件没有发出（ConnectionRefusedError）")


def test_a_daily_letter_holds_what_is_not_read(mailing: Cast) -> None:
    """每天汇总：一人一封，已读的不写；第二天不重复。"""
    wish_for(mailing.chen, mail=Wish.DAILY, by=mailing.chen)
    for title in ("第一件", "第二件", "第三件"):
        tell(mailing.chen, title=title)
    mark_read(inbox_of(mailing.chen).filter(title="第二件"))
    do_all()
    assert mail.outbox == []
    start("inbox.digest", by=CLOCKWORK)
    do_all()
    start("inbox.digest", by=CLOCKWORK)
    do_all()
    (letter,) = mail.outbox
    assert letter.subject == "【政务公开】2 条未读消息"
    assert "第一件" in letter.body
    assert "第二件" not in letter.body


def test_whoever_wants_no_mail_gets_none(mailing: Cast) -> None:
    """选了不发：只在收件箱。原来等汇总的也不再发。"""
    wish_for(mailing.chen, mail=Wish.DAILY, by=mailing.chen)
    tell(mailing.chen)
    wish_for(mailing.chen, mail=Wish.NEVER, by=mailing.chen)
    tell(mailing.chen)
    start("inbox.digest", by=CLOCKWORK)
    do_all()
    assert mail.outbox == []
    assert unread_of(mailing.chen.pk) == 2


def test_a_return_sent_back_tells_its_filler(mailing: Cast) -> None:
    """报送被退回：填报人收到消息；理由是自由文字，可能有电话，不进消息和邮件。"""
    for person, role in (
        (mailing.chen, Role.RETURN_FILLER),
        (mailing.zhao, Role.RETURN_APPROVER),
    ):
        appoint(person, mailing.grain, role=role, since=SINCE, by=mailing.li)
    filed = file_return(
        mailing.grain, period=2024, item=Item.LICENCE, value=3, source="业务系统", by=mailing.chen
    )
    send_back_return(filed, reason=f"请打 {SECRETS[2]} 核对", by=mailing.zhao)
    do_all()
    (row,) = Notification.objects.all()
    assert (row.person, row.title, row.agency) == (mailing.chen, "报送被退回", mailing.grain)
    assert row.body == (
        "2024 年“行政许可处理决定数量”第 1 稿被退回，请登录后看理由，改正后重新报送。"
    )
    assert SECRETS[2] not in mail.outbox[0].body


@pytest.mark.django_db
def test_a_released_report_tells_whoever_froze_it() -> None:
    """年报公布：定稿人收到消息，链接就是公布的页面。"""
    scene = make_scene()
    freeze_and_release(scene)
    row = Notification.objects.get(kind="report.released")
    assert (row.person, row.address) == (scene.cast.li, scene.address)


def test_unread_come_first_and_are_marked(cast: Cast) -> None:
    """未读在前；标一条、标全部；别人的消息是 404。"""
    for title in ("旧的", "新的"):
        tell(cast.chen, title=title)
    mine = signed_in(cast.chen)
    new = Notification.objects.get(title="新的")
    assert mine.post(f"/desk/inbox/{new.uid}/read/")["Location"] == "/desk/inbox/"
    page = mine.get("/desk/inbox/").content.decode()
    assert page.index("旧的") < page.index("新的")
    assert "1 条未读" in page
    assert signed_in(cast.sun).post(f"/desk/inbox/{new.uid}/read/").status_code == 404
    old = Notification.objects.get(title="旧的")
    assert mine.post(f"/desk/inbox/{old.uid}/read/", {"go": "1"})["Location"] == "/desk/"
    tell(cast.chen)
    mine.post("/desk/inbox/read-all/")
    assert unread_of(cast.chen.pk) == 0
    assert Notification.objects.filter(read_at__lte=clock.now()).count() == 3


def test_the_choice_is_kept_and_nonsense_is_refused(cast: Cast) -> None:
    """邮件怎么发由本人选；乱填的不收。"""
    client = signed_in(cast.chen)
    assert client.post("/desk/inbox/mail/", {"mail": "daily"}).status_code == 302
    page = client.get("/desk/inbox/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["daily"]
    assert client.post("/desk/inbox/mail/", {"mail": "hourly"}).status_code == 404


def test_the_count_costs_one_query_and_only_where_it_is_shown(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """未读数：用到时一条查询，公众页面不查。"""

    tell(cast.chen)
    request = RequestFactory().get("/desk/")
    assert unread(request) == {}
    request.user = account(cast.chen, "chen")
    with django_assert_num_queries(0):
        count = unread(request)["unread"]
    with django_assert_num_queries(1):
        assert callable(count)
        assert count() == 1
