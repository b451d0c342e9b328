"""文号 of letters: a gap-free series for each agency and class, the same letter never numbered twice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.actions import rename_agency
from gongkai.audit.models import Event
from gongkai.letters.actions import NumberRefused, number_letter
from gongkai.letters.models import LetterNumber
from gongkai.rulebook.actions import NumberInUse, void_number
from gongkai.rulebook.models import NumberUse
from gongkai.rulebook.queries import gaps
from tests.rooms.cast import Cast

ON = date(2026, 3, 2)


def test_numbers_are_of_one_agency_class_and_year_without_gaps(cast: Cast) -> None:
    """GB/T 9704-2012：六角括号、不编虚位；答复、告知、函件分别编号，各机关各年度从 1 起连续。"""
    given = [
        number_letter(agency, code, on=on, subject=uuid4(), by=cast.li)
        for agency, code, on in (
            (cast.office, "D13", ON),
            (cast.office, "D11", ON),
            (cast.office, "D03", ON),
            (cast.office, "D06", ON),
            (cast.grain, "D15", ON),
            (cast.office, "D12", date(2027, 1, 4)),
        )
    ]
    assert given == [
        "示政办公复〔2026〕1号",
        "示政办公复〔2026〕2号",
        "示政办公告〔2026〕1号",
        "示政办公函〔2026〕1号",
        "示粮公复〔2026〕1号",
        "示政办公复〔2027〕1号",
    ]
    assert gaps() == []


def test_asked_twice_a_letter_keeps_its_number(cast: Cast) -> None:
    """重复提交：同一份文书还是那个号，不多占一个；同一案件的另一种文书另编。"""
    subject = uuid4()
    codes = ("D03", "D03", "D13", "D03")
    given = [number_letter(cast.office, c, on=ON, subject=subject, by=cast.li) for c in codes]
    assert given == [
        "示政办公告〔2026〕1号",
        "示政办公告〔2026〕1号",
        "示政办公复〔2026〕1号",
        "示政办公告〔2026〕1号",
    ]
    assert (LetterNumber.objects.count(), NumberUse.objects.count()) == (2, 2)
    assert Event.objects.filter(kind="letter.numbered").count() == 2


def test_a_letter_without_a_number_is_refused_one(cast: Cast) -> None:
    """登记回执不编文号；没有这种文书的也说明。"""
    for code, title in (("D02", "登记回执"), ("D99", "D99")):
        with pytest.raises(NumberRefused) as told:
            number_letter(cast.office, code, on=ON, subject=uuid4(), by=cast.li)
        assert str(told.value) == f"《{title}》不编文号，不需要取号。"
    assert NumberUse.objects.count() == 0


def test_a_failed_signing_gives_the_number_back(cast: Cast) -> None:
    """签发失败，号退回，下一份接着用。"""
    with transaction.atomic():
        number_letter(cast.office, "D13", on=ON, subject=uuid4(), by=cast.li)
        transaction.set_rollback(True)
    given = number_letter(cast.office, "D13", on=ON, subject=uuid4(), by=cast.li)
    assert (given, gaps()) == ("示政办公复〔2026〕1号", [])


def test_a_name_too_long_for_a_number_takes_none(cast: Cast) -> None:
    """机关代字过长，编不成规范的文号：说明去哪里改，不占号。"""
    rename_agency(
        cast.office, name="示例县政务办", short="政务办", mark="示例县人民政府办公室字", since=date(2026, 1, 1), by=cast.li
    )  # fmt: skip
    with pytest.raises(NumberRefused, match="请先在“机关”里登记公文用的代字"):
        number_letter(cast.office, "D13", on=ON, subject=uuid4(), by=cast.li)
    assert (NumberUse.objects.count(), LetterNumber.objects.count()) == (0, 0)


def test_a_number_that_is_borne_stays(cast: Cast) -> None:
    """正在用的文号不能作废，也不能改库。"""
    number_letter(cast.office, "D13", on=ON, subject=uuid4(), by=cast.li)
    with pytest.raises(NumberInUse, match="依申请公开答复文号第 1 号正在使用"):
        void_number(NumberUse.objects.get(), reason="不要了", by=cast.li)
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterNumber.objects.update(number="示政办公复〔2026〕9号")
