"""A person is not an account: the one signs for ever, the other only lets one in."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.people.actions import STREAM, open_account, register_person
from gongkai.people.models import Person, User
from tests.rooms.cast import Cast

PASSWORD = "晒场-北斗-1987"


def test_the_first_person_answers_for_herself(db: None) -> None:
    """不变量八：第一个人由本人登记，事件写明是她自己。"""
    first = register_person(name="初审李", staff_no="T002", by=None)
    event = Event.objects.get()
    assert (event.stream, event.seq, event.kind, event.subject) == (
        STREAM,
        1,
        "person.registered",
        f"person:{first.uid}",
    )
    assert (event.actor_uid, event.actor_name) == (first.uid, "初审李")
    assert event.payload_text == f'{{"person":"{first.uid}","staff_no":"T002"}}'


def test_an_event_tells_no_name_but_the_actor_s(cast: Cast) -> None:
    """个人信息不入日志：登记他人的事件只记编号，不记姓名。"""
    told = Event.objects.filter(stream=STREAM).values_list("payload_text", flat=True)
    names = Person.objects.values_list("name", flat=True)
    assert [text for text in told for name in names if name in text] == []
    assert verify_all() == []


def test_a_staff_number_is_one_person_s(cast: Cast) -> None:
    """工号唯一；被拒的登记不留人、不留事件。"""
    before = (Person.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError) as refused:
        register_person(name="另一人", staff_no="T001", by=cast.li)
    assert list(refused.value.message_dict) == ["staff_no"]
    assert (Person.objects.count(), Event.objects.count()) == before


def test_an_account_keeps_no_password(cast: Cast) -> None:
    """口令只存散列，日志中没有口令。"""
    account = open_account(cast.chen, login="chen", password=PASSWORD, by=cast.li)
    stored = User.objects.get(login="chen")
    assert (stored, stored.person, stored.is_active, stored.is_demo) == (
        account,
        cast.chen,
        True,
        False,
    )
    assert (check_password(PASSWORD, stored.password), PASSWORD in stored.password) == (True, False)
    event = Event.objects.filter(stream=STREAM).latest("seq")
    assert event.payload_text == f'{{"demo":false,"login":"chen","person":"{cast.chen.uid}"}}'


@pytest.mark.parametrize("weak", ["1234567890", "password", "a1"])
def test_a_weak_password_is_refused(weak: str, cast: Cast) -> None:
    """弱口令被拒，不留账号、不留事件。"""
    before = Event.objects.count()
    with pytest.raises(ValidationError):
        open_account(cast.chen, login="chen", password=weak, by=cast.li)
    assert (User.objects.count(), Event.objects.count()) == (0, before)


def test_a_person_who_signed_cannot_be_removed(cast: Cast) -> None:
    """不变量三：签过字、有任职的人删不掉，账号可以停用而人还在。"""
    account = open_account(cast.chen, login="chen", password=PASSWORD, by=cast.li)
    with pytest.raises(ProtectedError):
        cast.chen.delete()
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert Person.objects.get(staff_no="T001") == cast.chen
