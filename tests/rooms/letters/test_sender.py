"""Who signs, and where one complains against it: dated, set by the county's office, told in every decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from gongkai.agencies.actions import record_contact
from gongkai.agencies.actions.establishing import Contact
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.law.remedies import ordinary_remedies, remedies
from gongkai.law.rules import Rules
from gongkai.letters.actions import ForumRefused, set_forum
from gongkai.letters.composing import LetterRefused, compose
from gongkai.letters.facts import Complaint, Office
from gongkai.letters.invented import invented
from gongkai.letters.models import Forum
from gongkai.letters.sender import complaint_of, forum_on, office_of
from gongkai.letters.wording.packaged import packaged
from gongkai.people.models import Person
from tests.rooms.cast import Cast

ON = date(2025, 9, 22)
RULES = Rules.national(ON)
WHERE = "/desk/letters/forums/"


def put(
    cast: Cast, *, organ: str, since: date, own: bool = False, by: Person | None = None
) -> Forum:
    return set_forum(
        cast.county if own else None,
        review_organ=organ,
        court="示例县人民法院",
        online="",
        since=since,
        by=by or cast.li,
    )


def test_an_agencys_own_place_goes_before_everybodys(cast: Cast) -> None:
    """行政复议法第二十四条：部门由县政府复议，县政府由市政府复议；只存启用日期，后设的接替。"""
    put(cast, organ="示例县人民政府", since=date(2024, 1, 1))
    put(cast, organ="示例市人民政府", since=date(2024, 1, 1), own=True)
    put(cast, organ="示例县人民政府（新）", since=date(2026, 1, 1))
    days = (date(2023, 12, 31), ON, date(2026, 1, 1))
    told = [
        [row.review_organ if (row := forum_on(agency, day)) else "" for day in days]
        for agency in (cast.grain, cast.county)
    ]
    assert told == [
        ["", "示例县人民政府", "示例县人民政府（新）"],
        ["", "示例市人民政府", "示例市人民政府"],
    ]


def test_the_ways_of_complaint_follow_outcome_and_place(cast: Cast) -> None:
    """不变量七：没有设置复议机关和法院，决定文书不生成；设置以后按结果推算。"""
    assert complaint_of(cast.grain, "refused_secret", ON, RULES) is None
    with pytest.raises(LetterRefused, match="救济途径"):
        compose("D13", replace(invented("D13", ON), complaint=None), packaged("D13"))
    put(cast, organ="示例县人民政府", since=ON)
    told = [complaint_of(cast.grain, outcome, ON, RULES) for outcome in ("refused_secret", "")]
    assert told == [
        Complaint(remedies("refused_secret", ON, RULES), "示例县人民政府", "示例县人民法院"),
        Complaint(ordinary_remedies(ON, RULES), "示例县人民政府", "示例县人民法院"),
    ]


def test_the_office_is_as_it_was_on_the_day(cast: Cast) -> None:
    """条例第四条：工作机构、地址、电话取签发当天公开的机构信息；没有公开过的空着。"""
    contact = Contact(
        duties="粮食管理",
        head="示例人丁",
        office="示例县粮食局办公室",
        address="示例路4号",
        hours="工作日",
        telephone="0000-6000000",
    )
    record_contact(cast.grain, contact, since=ON, by=cast.li)
    assert [office_of(cast.grain, day) for day in (date(2025, 9, 21), ON)] == [
        Office("示例县粮食局", "", "", ""),
        Office("示例县粮食局", "示例县粮食局办公室", "示例路4号", "0000-6000000"),
    ]


def test_only_the_countys_office_sets_a_place_and_it_stays(cast: Cast) -> None:
    """外单位不能设置；空的不行；设置过的改不动，进日志。"""
    with pytest.raises(RoleRefused):
        put(cast, organ="示例县人民政府", since=ON, by=cast.sun)
    with pytest.raises(ForumRefused):
        put(cast, organ=" ", since=ON)
    put(cast, organ="示例县人民政府", since=ON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Forum.objects.update(court="别的法院")
    assert Event.objects.filter(kind="forum.set").count() == 1


def test_the_page_sets_a_place(officer: Client, outsider: Client, cast: Cast) -> None:
    """政务公开办在页面上设置，其他机关只能看；填错了逐项说明。"""
    given = {
        "agency": cast.grain.code,
        "review_organ": "示例县人民政府",
        "court": "示例县人民法院",
        "online": "",
        "since": "2025-09-22",
    }
    assert outsider.post(WHERE, given).status_code == 403
    assert "请填写法院的全称" in officer.post(WHERE, given | {"court": ""}).content.decode()
    assert officer.post(WHERE, given).status_code == 302
    page = outsider.get(WHERE).content.decode()
    assert ("示例县粮食局" in page, '<form method="post" class="form"' in page) == (True, False)
