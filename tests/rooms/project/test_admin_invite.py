"""``gongkai admin invite``: the first of each of the three, and no second."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.agencies.models import Agency, Membership
from gongkai.people.actions import close_account
from gongkai.people.models import Person, User
from gongkai.project.cli import main
from tests.rooms.cast import Cast

NEW = {"password": "谷场-天枢-2031", "again": "谷场-天枢-2031"}
COUNTY = (
    *("--county", "示例县人民政府", "--code", "T00000001"),
    *("--credit-code", "11000000T00000001X", "--mark", "示政"),
)


def invite(role: str, staff_no: str, *more: str) -> int:
    words = ("--role", role, "--name", f"管理员{staff_no}", "--staff-no", staff_no)
    return main(["admin", "invite", *words, *more])


@pytest.mark.django_db
def test_a_fresh_installation_gets_its_three_administrators(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """空库：第一条命令同时建立县政府；三种各一位；打印的链接能设密码、能登录。"""
    codes = [invite("system", "A1", *COUNTY), invite("security", "A2"), invite("audit", "A3")]
    assert codes == [0, 0, 0]
    links = re.findall(r"(/desk/invitation/[\w-]+/)", capsys.readouterr().out)
    assert [Client().post(one, NEW)["Location"] for one in links] == ["/desk/"] * 3
    assert Agency.objects.count() == 1
    assert sorted(Membership.objects.values_list("person__staff_no", "role")) == [
        ("A1", "system_administrator"),
        ("A2", "security_administrator"),
        ("A3", "audit_administrator"),
    ]


@pytest.mark.django_db
def test_without_an_agency_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """没有机关又没写机关：说明要加什么，什么都没写入。"""
    assert invite("system", "A1") == 2
    assert "系统里还没有机关" in capsys.readouterr().err
    assert Person.objects.count() == 0


def test_a_second_one_is_refused_until_the_first_is_closed(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """已有在任的：命令行不再任命；账号停用以后可以。"""
    assert [invite("security", "A2"), invite("security", "A3")] == [0, 1]
    assert "已有在任的安全管理员（管理员A2）" in capsys.readouterr().err
    close_account(User.objects.get(login="A2"), reason="退休", by=cast.li)
    assert invite("security", "A3") == 0


def test_somebody_with_work_or_another_seat_is_refused(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """三员分立：有业务角色的人、别的管理员都不行，姓名与工号不符也不行。"""
    words = ["admin", "invite", "--role", "system", "--name", "信息员小陈", "--staff-no", "T001"]
    assert main(words) == 1
    assert invite("audit", "A9") == 0
    assert [invite("system", "A9"), invite("system", "T003")] == [1, 2]
    told = capsys.readouterr().err
    assert (told.count("三员分立"), "已登记给复审王" in told) == (2, True)
    assert User.objects.count() == 1
