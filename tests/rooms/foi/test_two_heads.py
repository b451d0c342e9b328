"""Two heads sign in the same second, on both databases."""

from __future__ import annotations

import pytest

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions import signing
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.rulebook.models import NumberUse
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import SINCE, make_cast
from tests.rooms.foi.test_steps import DAY, drafted, make_office

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_heads_at_once_make_one_letter_with_one_number() -> None:
    """两位负责人同一秒签发：一份文书、一个文号，后到的被告知；文号没有缺号。"""
    cast = make_cast()
    office = make_office(cast)
    appoint(office.other, cast.office, role=Role.LEADER, since=SINCE, by=cast.zhao)
    sha, on = drafted(office).sha256, DAY
    signing.sign_secrecy(office.case, sha256=sha, on=on, by=office.secrecy)
    signing.sign_legality(office.case, sha256=sha, on=on, by=office.legality)
    cases = [Case.objects.get() for _ in range(2)]
    ended = at_once(
        lambda: signing.sign_reply(cases[0], sha256=sha, on=on, by=office.head),
        lambda: signing.sign_reply(cases[1], sha256=sha, on=on, by=office.other),
    )
    assert ended == [CaseRefused.__name__, DONE]
    letter = IssuedLetter.objects.get()
    numbers = NumberUse.objects.filter(series__kind="letter.reply").values_list("n", flat=True)
    assert (letter.number, list(numbers)) == ("示政公复〔2024〕1号", [1])
