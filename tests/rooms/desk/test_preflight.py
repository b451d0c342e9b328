"""Pre-flight, freeze and release through the desk: who may, who may not, and who came second."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.people.models import Person
from gongkai.reporting.actions import freeze_report, open_report, write_section
from gongkai.reporting.models import Freeze
from gongkai.returns.actions import file_return
from gongkai.returns.models import Item
from tests.rooms.cast import SINCE
from tests.rooms.portal.scene import FROZEN_ON, PASSWORD, SECRETS, YEAR, Scene, account


def test_draft_lists_every_obstacle_with_its_door(scene: Scene) -> None:
    """手写数字与台账不符：列为须先解决，并指向那个数字。"""
    write_section(scene.report, n=1, text="主动公开政府信息99条。", by=scene.cast.li)
    answer = _desk(scene.cast.li).get(scene.desk_address)
    typed = [hurdle for hurdle in answer.context["blocking"] if hurdle.code == "N-手写"]
    assert [hurdle.messages for hurdle in typed] == [
        ("正文手写“99条”，台账为 0 条；请改为引用 {n.items}。",)
    ]
    assert [door.key for hurdle in typed for door in hurdle.doors] == ["n.items"]


def test_missing_return_blocks_its_figure(scene: Scene) -> None:
    """2023 年没有任何报送：四个数字都不能得出，清单页说明缺哪些单位。"""
    cast = scene.cast
    appoint(cast.chen, cast.grain, role=Role.RETURN_FILLER, since=SINCE, by=cast.li)
    filed = file_return(
        cast.grain, period=2023, item=Item.FEE, value=0, source="账册", by=cast.chen
    )
    assert filed.state == "filed"
    report = _another_year(scene, 2023)
    answer = _desk(scene.cast.li).get(f"{report}cell/t2.fee/")
    gaps = [(agency, reason) for agency, reason in answer.context["gaps"]]
    assert (answer.context["value"], len(gaps)) == ("", 4)
    assert ("示例县粮食局", "行政事业性收费金额：已报送，待接收") in gaps


def test_draft_as_of_a_day(scene: Scene) -> None:
    """按某一天编制的草稿，只数到那一天；链接带着同一天。"""
    answer = _desk(scene.cast.li).get(f"{scene.desk_address}?on=2024-04-30")
    assert answer.context["report"].number("t3.new.tot") == 1
    assert f"{scene.desk_address}cell/t3.new.tot/?on=2024-04-30" in answer.content.decode()


@pytest.mark.parametrize("day", ["2024-02-30", "yesterday", "2023-12-31"])
def test_a_day_without_a_draft_is_not_found(scene: Scene, day: str) -> None:
    """不存在的日期、报告年度以前的日期：404。"""
    assert _desk(scene.cast.li).get(f"{scene.desk_address}?on={day}").status_code == 404


def test_freeze_then_release_by_another_person(scene: Scene) -> None:
    """政务公开办定稿，负责人公布，公众随即可见。"""
    officer, leader = _desk(scene.cast.li), _desk(scene.cast.zhao)
    assert officer.post(f"{scene.desk_address}freeze/", {"after": 0}).status_code == 302
    assert Client().get(scene.address).status_code == 404
    assert leader.post(f"{scene.desk_address}release/", {"n": 1}).status_code == 302
    assert Client().get(scene.address).status_code == 200


def test_second_click_is_told(scene: Scene) -> None:
    """两人同时定稿：后到的被告知，不会多出一稿。"""
    officer = _desk(scene.cast.li)
    officer.post(f"{scene.desk_address}freeze/", {"after": 0})
    again = officer.post(f"{scene.desk_address}freeze/", {"after": 0})
    assert (again.status_code, Freeze.objects.count()) == (409, 1)
    assert "另一位同事刚刚定稿" in again.content.decode()


def test_roles_are_kept_apart(scene: Scene) -> None:
    """负责人不能定稿，政务公开办不能公布：403，中文说明。"""
    freeze_report(scene.report, after=0, as_of=FROZEN_ON, by=scene.cast.li)
    refused = [
        _desk(scene.cast.zhao).post(f"{scene.desk_address}freeze/", {"after": 1}),
        _desk(scene.cast.li).post(f"{scene.desk_address}release/", {"n": 1}),
    ]
    assert [answer.status_code for answer in refused] == [403, 403]
    assert "没有办理这件事的权限" in refused[0].content.decode()
    scene.report.refresh_from_db()
    assert scene.report.released is None


def test_another_agencys_report_does_not_exist(scene: Scene) -> None:
    """外单位的报告回答 404 而不是 403：不透露有没有。"""
    stranger = _desk(scene.cast.sun)
    tails = ["", "cell/t3.new.tot/"]
    assert [stranger.get(scene.desk_address + tail).status_code for tail in tails] == [404, 404]
    posts = [("freeze/", {"after": 0}), ("release/", {"n": 1})]
    assert [stranger.post(scene.desk_address + t, d).status_code for t, d in posts] == [404, 404]
    assert [row.year for row, _ in stranger.get("/desk/reports/").context["reports"]] == []


def test_desk_home_lists_what_one_may_see(scene: Scene) -> None:
    """工作台只列看得到的报告。"""
    reports = _desk(scene.cast.li).get("/desk/reports/").context["reports"]
    assert [(row.year, name) for row, name in reports] == [(YEAR, "示例县人民政府")]


def test_draft_lists_hold_no_person(scene: Scene) -> None:
    """草稿清单同样不含申请人信息。"""
    text = _desk(scene.cast.li).get(f"{scene.desk_address}cell/t3.new.tot/").content.decode()
    assert ([word for word in SECRETS if word in text], text.count("2024-000")) == ([], 4)


def test_sign_in_and_out(scene: Scene) -> None:
    """密码不对不说是哪一项错；登录后到工作台；退出后不能再看。"""
    account(scene.cast.li, "li")
    client = Client()
    wrong = client.post("/desk/sign-in/", {"username": "li", "password": "不是这个"})
    assert "登录名或密码不对" in wrong.content.decode()
    right = client.post("/desk/sign-in/", {"username": "li", "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, "/desk/")
    page = client.get("/desk/")
    assert re.search(r"no-store", page["Cache-Control"]) is not None
    assert client.post("/desk/sign-out/")["Location"] == "/"
    assert client.get("/desk/")["Location"] == "/desk/sign-in/?next=/desk/"


def _desk(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, person.staff_no.lower()))
    return client


def _another_year(scene: Scene, year: int) -> str:
    open_report(scene.cast.county, year=year, contact="电话", sections={}, by=scene.cast.li)
    return f"/desk/report/{scene.cast.county.code}/{year}/"
