"""Several people in the same second, on both databases."""

from __future__ import annotations

import pytest

from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.models import State, Submission
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import How
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import make_cast
from tests.rooms.foi.receiving.filling import begun, submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_double_click_and_two_officers_make_one_case() -> None:
    """同一秒提交两次是一份收件；两名经办人同一秒确认是一件案件，后到的被告知；受理编号没有缺号。"""
    cast, form = make_cast(), begun()
    assert at_once(*[lambda: submitted(cast.office, form)] * 2) == [DONE, DONE]
    rows = [Submission.objects.get() for _ in range(2)]
    ended = at_once(
        lambda: confirm_by_office(rows[0], how=How.CALL, by=cast.wang),
        lambda: confirm_by_office(rows[1], how=How.PRESENT, by=cast.li),
    )
    assert ended == [SubmissionRefused.__name__, DONE]
    assert [case.number[-4:] for case in Case.objects.all()] == ["0001"]
    assert Submission.objects.get().state == State.REGISTERED
