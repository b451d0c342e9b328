"""Every form posted empty, wrong and hostile: a clear answer, never a fault, never a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import Role
from tests.rooms.cast import administrator
from tests.rooms.people.conftest import administrator_at
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.walk.forms_found import Form, addresses, forms
from tests.rooms.walk.samples import SAMPLES
from tests.rooms.walk.world import World, make_world, signed_in

SCRIPT = '"><script>alert(1)</script>'
HOSTILE: Mapping[str, str] = {
    "脚本": SCRIPT,
    "控制字符": "甲\x00乙\x08\x1b[31m\u202e丙",
    "过长": "长" * 20_000,
    "罕用字": "淯喆昇堌㛃𠮷🏛️",
    "语句": "'; DROP TABLE foi_case; --",
    "数字": "-99999999999999999999",
    "日期": "9999-99-99",
    "路径": "../../etc/passwd",
}
EXPECTED = frozenset(
    [
        "administration",
        "apply-form",
        "apply-status",
        "case-assignment",
        "case-compare",
        "case-consultation",
        "case-dispute",
        "case-identity",
        "case-slip",
        "case-enclosure",
        "case-identity",
        "case-judge",
        "case-letter",
        "case-returned",
        "case-step",
        "case-take-over",
        "case-topic",
        "channel-end",
        "channel-new",
        "channel-settle",
        "channel-strike",
        "check",
        "confirm",
        "desk-agency-appoint",
        "desk-agency-change",
        "desk-agency-contact",
        "desk-agency-deputy",
        "desk-agency-end",
        "desk-agency-establish",
        "desk-agency-move",
        "desk-agency-parent",
        "desk-agency-rename",
        "desk-bet-add",
        "desk-catalogue-import",
        "desk-catalogue-link",
        "desk-column-close",
        "desk-column-hand-over",
        "desk-column-move",
        "desk-column-open",
        "desk-column-rename",
        "desk-columns-adopt",
        "desk-freeze",
        "desk-inbox-mail",
        "desk-inbox-read",
        "desk-inbox-read-all",
        "desk-item-attach",
        "desk-item-begin",
        "desk-item-detach",
        "desk-item-discard",
        "desk-item-disclosure",
        "desk-item-edit",
        "desk-item-new",
        "desk-item-new-word",
        "desk-item-take-over",
        "desk-item-word",
        "desk-job-start",
        "desk-job-stop",
        "desk-reports",
        "desk-returns-accept",
        "desk-returns-file",
        "desk-returns-send-back",
        "desk-returns-withdraw",
        "desk-section",
        "desk-synonym-add",
        "desk-withheld-reassess",
        "dispute",
        "dispute-step",
        "enrol",
        "fees",
        "first-seats",
        "intake-confirm",
        "intake-counter",
        "intake-files",
        "intake-look",
        "intake-refuse",
        "intake-unreachable",
        "leave-administration",
        "letter-edit",
        "letter-forums",
        "my-password",
        "new-person",
        "publication-plan",
        "register-add",
        "register-confirm",
        "register-correct",
        "register-discard",
        "register-import",
        "register-remove",
        "review-chains",
        "review-lending",
        "review-submit",
        "review-urgent",
        "review-verdict",
        "review-withdraw",
        "rulebook-notice-new",
        "screening-check",
        "screening-release",
        "seat",
        "sharing-adopt",
        "sharing-decline",
        "sharing-push",
        "sharing-quote",
        "sharing-refuse",
        "sharing-relay",
        "sharing-send",
        "sharing-show",
        "sharing-withdraw",
        "sign-in",
        "sign-out",
        "site-alert",
        "site-expunge",
        "site-redirect",
        "site-redirect-table",
        "topic",
    ]
)
"""The forms these people see: one that disappears from every page is noticed here."""
PUBLIC_FORMS = ["/desk/sign-in/", "/check/", "/apply/form/", "/apply/status/"]
_ANSWERED = {200, 302, 400, 403, 404, 405, 409, 413, 429}
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
_SEEING = (
    *(Role.OPENNESS_OFFICER, Role.CASE_OFFICER, Role.RETURN_FILLER, Role.RETURN_APPROVER),
    *(Role.LEADER, Role.AUDITOR, Role.INFORMATION_OFFICER, Role.SECRECY_REVIEWER),
)
"""Who together sees every page of a bureau."""
_SIGNED_OUT = {"sign-out"}
"""Sent once at the very end of a journey of its own: here it would end the walk."""


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def found(world: World) -> list[Form]:
    """Return every form that the people of a county, its administrators and a stranger see."""
    insiders = [world.insiders[role] for role in _SEEING]
    clients = [*insiders, *_office(world), *_administrators(world)]
    pages = [*addresses(SAMPLES, world)]
    return [*forms(pages, clients), *forms(PUBLIC_FORMS, [Client()])]


def _office(world: World) -> Iterator[Client]:
    yield signed_in(world.cast.li)
    yield signed_in(world.cast.zhao)


def _administrators(world: World) -> Iterator[Client]:
    person = administrator(world.cast, Role.SECURITY_ADMINISTRATOR)
    yield signed_in(person)
    yield administrator_at(person)
    yield administrator_at(administrator(world.cast, Role.SYSTEM_ADMINISTRATOR))


def test_every_form_answers_whatever_is_sent(world: World) -> None:
    """空的、错的、恶意的，每个表单都用中文回答：没有 500，没有英文，没有原样吐出的脚本。"""
    every = found(world)
    for form in every:
        form.client.raise_request_exception = False
    assert {form.name for form in every} == EXPECTED
    faults = [line for form in every for line in _faults(form)]
    assert faults == []


def _faults(form: Form) -> Iterator[str]:
    if form.name in _SIGNED_OUT:
        return
    sent = {"空": dict.fromkeys(form.fields, ""), "缺": {}}
    sent |= {name: dict.fromkeys(form.fields, text) for name, text in HOSTILE.items()}
    sent |= {
        f"原样加{name}": {**form.fields, **_last(form, text)} for name, text in HOSTILE.items()
    }
    for how, fields in sent.items():
        answer = form.client.post(form.address, fields)
        text = _text(answer)
        if answer.status_code not in _ANSWERED:
            yield f"{form.name} {how}: {answer.status_code}"
        if SCRIPT in text or "<script>alert" in text:
            yield f"{form.name} {how}: 脚本原样输出"
        if answer.status_code >= 400 and not _CHINESE.search(text):
            yield f"{form.name} {how}: {answer.status_code} 没有中文"


def _text(answer: Any) -> str:
    whole: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode()


def _last(form: Form, text: str) -> dict[str, str]:
    """Make only the last field hostile, so that what comes before it is believed."""
    names = list(form.fields)
    return {names[-1]: text} if names else {}
