"""Administrators keep the installation; of cases, drafts and returns they see nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import ADMINISTRATORS, Role
from gongkai.audit import clock
from gongkai.files.extract import extract
from gongkai.files.kinds import Kind
from gongkai.people.actions import open_account, register_person
from gongkai.people.audience import Audience, audience_of
from gongkai.people.models import Session
from tests.rooms.cast import SINCE
from tests.rooms.portal.scene import PASSWORD, SECRETS, YEAR, Scene


@pytest.mark.once
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_staff_page_shows_an_administrator_any_work(scene: Scene, role: Role) -> None:
    """三员分立：管理员会话进行中，走遍现有的工作台页面，没有申请、草稿、单位数字。

    县政务公开办的人走同样的页面看得到编号，可见这个检查看得出泄露。
    """
    person = register_person(name="管理员甲", staff_no="G001", by=scene.cast.li)
    appoint(person, scene.cast.county, role=role, since=SINCE, by=scene.cast.li)
    client = Client()
    client.force_login(open_account(person, login="g", password=PASSWORD, by=scene.cast.li))
    begun = client.post(
        "/desk/administration/", {"reason": "检查系统运行情况", "minutes": 15, "code": PASSWORD}
    )
    assert begun.status_code == 302
    seen, told = _walk(client, scene)
    assert [(address, word) for address, word in told if word] == []
    officer = Client()
    officer.force_login(open_account(scene.cast.li, login="li", password=PASSWORD, by=person))
    assert [word for _, word in _walk(officer, scene)[1] if word] != []
    assert seen


def _walk(client: Client, scene: Scene) -> tuple[int, list[tuple[str, str]]]:
    numbers = [case.number for case in (scene.prompt, scene.late, scene.extended, scene.waiting)]
    words = [*SECRETS, *numbers, scene.report.sections.first() and "统计期限自"]
    told, seen = [], 0
    for address in _addresses(scene):
        answer = client.get(address)
        seen += answer.status_code == 200
        if answer.status_code == 200:
            text = _said(answer.getvalue())
            told.append((address, next((str(w) for w in words if w and str(w) in text), "")))
    return seen, told


def _said(content: bytes) -> str:
    """Return what an answer says: a page or data as it is, a workbook by its cells."""
    if content.startswith(b"PK"):
        return extract(content, Kind.XLSX).visible
    return content.decode()


def _addresses(scene: Scene) -> list[str]:
    uid = Session.objects.latest("pk").uid
    values = {
        "code": scene.report.agency.code,
        "year": YEAR,
        "key": "t3.new.tot",
        "url_key": scene.prompt.url_key,
        "item": "licence",
        "way": "desk",
        "register": "licence",
        "channel": "board",
        "slug": "notices",
        "number": 1,
        "name": "01234567-a.png",
        "step_name": "assign",
        "uid": uid,
        "n": 1,
        "token": "token",
        "verb": "close",
        "day": clock.today(),
    }
    found = []
    for pattern in _patterns(get_resolver()):
        if audience_of(pattern.callback) is Audience.STAFF:
            names = pattern.pattern.converters
            for one in ({}, {"uid": scene.prompt.uid}, {"code": scene.cast.grain.code}):
                kwargs = {name: {**values, **one}[name] for name in names}
                found.append(reverse(str(pattern.name), kwargs=kwargs))
    return [*sorted(set(found)), "/desk/search/?q=2024"]


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += _patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found
