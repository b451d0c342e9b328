"""The first day of a new officer: an administrator invites, she sets a password, enrols, and is at work."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect
from pytest_django import Settings

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import Factor, Person
from tests.journeys.browsing import PHONE, OpenPage
from tests.journeys.signing_in import fill_sign_in
from tests.journeys.soundness import sound
from tests.rooms.cast import SINCE, Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "晒场-北斗-1987"
HERS = "谷场-天枢-2031"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    security = register_person(name="安全管理员甲", staff_no="G001", by=cast.li)
    appoint(security, cast.county, role=Role.SECURITY_ADMINISTRATOR, since=SINCE, by=cast.li)
    open_account(security, login="security", password=PASSWORD, by=cast.li)
    return cast


def begin(page: Page, reason: str, minutes: str = "15 分钟") -> None:
    """Fill the form of an administrator session."""
    page.get_by_label("事由").fill(reason)
    page.get_by_label(minutes).check()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="开始").click()


def test_first_day(cast: Cast, browser_page: OpenPage, settings: Settings) -> None:
    """邀请、设密码、登记验证器、抄恢复码、到工作台；第二天用验证码登录。"""
    settings.SIGN_IN = replace(settings.SIGN_IN, factor_roles=["openness_officer"])
    link = _invited(browser_page())
    newcomer = Person.objects.get(staff_no="N001")
    appoint(newcomer, cast.office, role=Role.OPENNESS_OFFICER, since=clock.today(), by=cast.li)
    page = browser_page(size=PHONE)
    page.goto(link)
    sound(page)
    page.get_by_label(re.compile("^新密码")).fill(HERS)
    page.get_by_label("再输一次新密码").fill(HERS)
    page.get_by_role("button", name="保存并登录").click()
    expect(page.get_by_role("heading", name="登记验证器")).to_be_visible()
    sound(page)
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="登记验证器")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label(re.compile("6 位数字")).fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    sound(page)
    recovery = page.locator(".recovery-codes li").first.inner_text()
    page.get_by_role("link", name="我已抄好").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    _next_day(page, recovery)


def _invited(page: Page) -> str:
    page.goto("/desk/people/")
    fill_sign_in(page, "security", PASSWORD)
    sound(page)
    begin(page, "为新到岗人员开通账号")
    expect(page.get_by_role("region", name="管理员会话")).to_contain_text("还剩约 15 分钟")
    sound(page)
    page.get_by_role("link", name="登记人员并开通账号").click()
    sound(page)
    page.get_by_label("姓名").fill("新来的周")
    page.get_by_label("工号").fill("N001")
    page.get_by_label("登录名").fill("zhou")
    page.get_by_role("button", name="登记并开通").click()
    sound(page)
    link = page.locator("#link").inner_text()
    page.get_by_role("link", name="已交给本人").click()
    expect(page.get_by_role("heading", name="新来的周")).to_be_visible()
    sound(page)
    return link


def _next_day(page: Page, recovery: str) -> None:
    page.goto("/desk/sign-in/")
    fill_sign_in(page, "zhou", HERS)
    expect(page.get_by_role("heading", name="登录第二步")).to_be_visible()
    sound(page)
    page.get_by_label("验证码").fill(recovery)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    assert Factor.objects.count() == 1
    page.goto("/desk/me/")
    expect(page.get_by_text("恢复码还剩 9 个")).to_be_visible()
    sound(page)
