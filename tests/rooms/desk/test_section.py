"""Writing a section of the report: the second one is told, the last change can be undone."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.audit.models import Event
from gongkai.people.models import Person
from gongkai.reporting.actions import ReportRefused, undo_section, write_section
from gongkai.reporting.models import Section
from gongkai.text.canonical import sha256_hex
from tests.rooms.portal.scene import SECTIONS, Scene, account


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def text_of(scene: Scene, n: int = 5) -> str:
    return Section.objects.get(report=scene.report, n=n).text


def seen(text: str) -> str:
    return sha256_hex(text.encode())


def test_saving_puts_the_text_in_place(scene: Scene) -> None:
    """正文保存后回到定稿前检查；行尾统一，末尾空行去掉。"""
    client = signed_in(scene.cast.li)
    address = f"{scene.desk_address}section/5/"
    assert client.get(address).context["form"].initial["text"] == SECTIONS[5]
    posted = {"text": "问题：甲。\r\n改进：乙。\r\n\r\n", "seen": seen(SECTIONS[5])}
    answer = client.post(address, posted)
    assert (answer.status_code, answer["Location"]) == (302, scene.desk_address)
    assert text_of(scene) == "问题：甲。\n改进：乙。"


def test_the_second_to_save_is_told_and_loses_nothing(scene: Scene) -> None:
    """两人同时编辑：后保存的得知，页面上有自己的文字和现在的文字。"""
    write_section(scene.report, n=5, text="先到的文字", by=scene.cast.li)
    answer = signed_in(scene.cast.li).post(
        f"{scene.desk_address}section/5/", {"text": "后到的文字", "seen": seen(SECTIONS[5])}
    )
    page = answer.content.decode()
    assert (answer.status_code, text_of(scene)) == (409, "先到的文字")
    assert ["后到的文字" in page, "先到的文字" in page, "另一位同事改了这一部分" in page] == [
        True
    ] * 3


def test_a_stale_save_of_a_section_that_has_no_text_yet_is_told(scene: Scene) -> None:
    """还没有正文的部分，两人同时写：后到的同样得知，不出错。"""
    answer = signed_in(scene.cast.li).post(
        f"{scene.desk_address}section/2/", {"text": "后到的文字", "seen": seen("别的文字")}
    )
    assert (answer.status_code, Section.objects.filter(report=scene.report, n=2).count()) == (
        409,
        0,
    )


def test_undo_goes_back_and_forth(scene: Scene) -> None:
    """恢复上一稿，再恢复一次回到新稿；每次都记入日志。"""
    write_section(scene.report, n=5, text="新稿", by=scene.cast.li)
    undo_section(scene.report, n=5, by=scene.cast.li)
    assert text_of(scene) == SECTIONS[5]
    undo_section(scene.report, n=5, by=scene.cast.li)
    assert text_of(scene) == "新稿"
    assert Event.objects.filter(kind="report.written").count() == 3


def test_undo_of_nothing_is_refused(scene: Scene) -> None:
    """没有上一稿：说明，不改动。"""
    with pytest.raises(ReportRefused, match="没有上一稿"):
        undo_section(scene.report, n=2, by=scene.cast.li)


@pytest.mark.parametrize("who", ["zhao", "chen", "sun"])
def test_only_the_openness_office_writes(scene: Scene, who: str) -> None:
    """负责人看得到但不能写（403）；外单位的人看不到（404）。"""
    client = signed_in(getattr(scene.cast, who))
    expected = 403 if who == "zhao" else 404
    answers = [
        client.get(f"{scene.desk_address}section/5/"),
        client.post(f"{scene.desk_address}section/5/", {"text": "改", "seen": seen(SECTIONS[5])}),
        client.post(f"{scene.desk_address}section/5/undo/"),
    ]
    assert ([one.status_code for one in answers], text_of(scene)) == ([expected] * 3, SECTIONS[5])


@pytest.mark.parametrize("n", [0, 7, 99])
def test_there_are_six_sections(scene: Scene, n: int) -> None:
    """条例第五十条：只有规定的六个部分。"""
    assert signed_in(scene.cast.li).get(f"{scene.desk_address}section/{n}/").status_code == 404
