"""Every address says who may open it; staff addresses send a stranger to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.defaults import server_error

from gongkai.audit import clock
from gongkai.audit.queries import digest_text
from gongkai.people.audience import Audience, audience_of

ARGUMENTS = {
    "name": "elder",
    "code": "T00000001",
    "year": 2024,
    "key": "t3.new.tot",
    "url_key": "00000000",
    "slug": "notices",
    "way": "desk",
    "item": "licence",
    "n": 1,
    "number": 1,
    "field": "finance",
    "uid": UUID(int=7),
    "token": "token",
    "verb": "close",
    "register": "licence",
    "channel": "board",
    "step_name": "draft",
}
SIGNING = {
    *("sign-in", "sign-in-code", "sign-in-oidc", "sign-in-oidc-return", "sign-out"),
    "invitation",
}
"""The addresses under /desk/ that anybody must reach: the ways in and out."""


def test_every_address_declares_its_audience() -> None:
    """没有声明读者的地址，不许上线。"""
    assert [p.name for p in _patterns(get_resolver()) if audience_of(p.callback) is None] == []


def test_staff_addresses_are_those_under_desk() -> None:
    """工作人员的地址都在 /desk/ 下，/desk/ 下除登录、退出外都只给工作人员。"""
    staff = {p.name for p in _patterns(get_resolver()) if audience_of(p.callback) is Audience.STAFF}
    desk = {p.name for p in _patterns(get_resolver()) if _address(p).startswith("/desk/")}
    assert staff == desk - SIGNING


def test_stranger_is_sent_to_sign_in(client: Client) -> None:
    """未登录者打开任何工作人员地址，都转到登录页，不泄露有没有这份报告。"""
    for pattern in _patterns(get_resolver()):
        if audience_of(pattern.callback) is Audience.STAFF:
            address = _address(pattern)
            for answer in (client.get(address), client.post(address)):
                assert answer.status_code == 302
                assert answer["Location"] == f"/desk/sign-in/?next={address}"


@pytest.mark.django_db
def test_digest_of_today_and_not_of_tomorrow(client: Client) -> None:
    """链头只公布到今天。"""
    today = clock.today()
    answer = client.get(f"/digest/{today.isoformat()}.txt")
    assert answer.content.decode() == digest_text(today)
    tomorrow = today + timedelta(days=1)
    assert client.get(f"/digest/{tomorrow.isoformat()}.txt").status_code == 404
    assert client.get("/digest/2024-02-30.txt").status_code == 404


@pytest.mark.django_db
def test_site_says_it_is_up(client: Client) -> None:
    """健康检查连得上数据库。"""
    assert client.get("/healthz").content.decode() == "正常\n"


@pytest.mark.django_db
def test_empty_site_has_a_front_page(client: Client) -> None:
    """一份报告都没有时，首页照常打开并说明。"""
    assert "还没有已公布的报告" in client.get("/").content.decode()


@pytest.mark.django_db
def test_public_pages_are_for_reading(client: Client) -> None:
    """公开页面只读：提交任何内容都回答 405。"""
    assert client.post("/").status_code == 405


def test_error_page_needs_nothing() -> None:
    """出错页不依赖数据库和页面框架，出错时照样能打开。"""
    text = server_error(RequestFactory().get("/")).content.decode()
    assert "系统出错，没有办成" in text
    assert "{" not in text


@pytest.mark.django_db
def test_expired_form_is_answered_in_chinese() -> None:
    """表单过期（CSRF）：403，中文说明怎么办。"""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/desk/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面已过期，没有提交" in answer.content.decode()


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _address(pattern: URLPattern) -> str:
    wanted = pattern.pattern.converters
    values = {**ARGUMENTS, "day": clock.today()}
    return reverse(str(pattern.name), kwargs={name: values[name] for name in wanted})
