"""The released report in public: nothing before its release, every figure a door, no person in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.annualreport.model import cell_keys, to_json
from gongkai.figures import registry
from gongkai.foi.models import Case
from gongkai.reporting.actions import note_erratum, write_section
from gongkai.reporting.queries import frozen_report, printed_report
from tests.rooms.portal.scene import SECRETS, Scene

BUDGET = 15
"""Queries a public page may ask: what one machine answers for a whole county."""


class _Headings(HTMLParser):
    """Collects ids, and the headings every figure names."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "td" and found.get("headers"):
            self.named.append(str(found["headers"]).split())


def test_unreleased_report_does_not_exist(scene: Scene, client: Client) -> None:
    """未公布的年报，每个公开地址都是 404。"""
    addresses = [*_addresses(scene)]
    assert [client.get(a).status_code for a in addresses] == [404] * len(addresses)


def test_released_report_answers_within_its_budget(
    released: Scene, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """公开页面的查询数有上限。"""
    for address in ["/", *_addresses(released)]:
        with django_assert_max_num_queries(BUDGET):
            assert client.get(address).status_code == 200, address


def test_every_figure_is_a_door(released: Scene, client: Client) -> None:
    """三张表的每个数字、正文里的每个引用都能点开，且每扇门都通。"""
    text = client.get(released.address).content.decode()
    doors = re.findall(rf'href="{released.address}cell/([^/]+)/"', text)
    narrative = ["n.items", "t3.new.tot", "t3.r7.tot", "t3.fwd.tot", "t2.norm.made"]
    assert sorted(doors) == sorted([*cell_keys("2021"), *narrative])
    answers = {client.get(f"{released.address}cell/{key}/").status_code for key in set(doors)}
    assert answers == {200}


def test_tables_name_their_headings(released: Scene, client: Client) -> None:
    """每个数字所引的表头都在页面上，编号不重复（合并表头也读得出来）。"""
    page = _Headings()
    page.feed(client.get(released.address).content.decode())
    assert len(page.ids) == len(set(page.ids))
    assert len(page.named) == len(cell_keys("2021"))
    assert {name for names in page.named for name in names} - set(page.ids) == set()


def test_a_figure_under_merged_headings_names_all_of_them(released: Scene, client: Client) -> None:
    """“（四）无法提供”第 1 项·科研机构：申请人情况、法人或其他组织、科研机构、三、（四）、1. 六层表头。"""
    text = client.get(released.address).content.decode()
    found = re.search(r'<td headers="([^"]+)"><a[^>]+cell/t3\.r4_1\.res/', text)
    assert found is not None
    assert found[1].split() == [
        "t3-applicants",
        "t3-organisations",
        "t3-c-res",
        "t3-r1-0",
        "t3-r4_1-1",
        "t3-r4_1-2",
    ]


def test_json_twin_is_the_report(released: Scene, client: Client) -> None:
    """开放数据与页面是同一份报告；带着同一个 ETag 再取，回答 304。"""
    answer = client.get(f"{released.address}report.json")
    assert answer.content == to_json(printed_report(released.report))
    assert json.loads(answer.content)["published_on"] == "2025-01-20"
    again = client.get(f"{released.address}report.json", headers={"If-None-Match": answer["ETag"]})
    assert (answer["Content-Type"], again.status_code) == ("application/json", 304)


def test_value_on_the_list_is_the_printed_value(released: Scene, client: Client) -> None:
    """清单页上的数就是报告里的数。"""
    assert released.report.released is not None
    cells = frozen_report(released.report.released).cells()
    found = {key: _value(client, released, key) for key in cells}
    assert found == {key: str(value) for key, value in cells.items()}


def test_list_shows_the_records_without_persons(released: Scene, client: Client) -> None:
    """清单列出受理编号、类别与结果、机关名称；通向期限日表。"""
    answer = client.get(f"{released.address}cell/t3.new.nat/")
    rows = [(line.label, line.detail, line.agency) for line in answer.context["list"].lines]
    assert rows == [
        ("2024-0001", "自然人 · 予以公开", "示例县粮食局"),
        ("2024-0002", "自然人 · 予以公开", "示例县粮食局"),
        ("2024-0001", "自然人 · 办理中", "示例县人民政府"),
    ]
    assert f"{released.address}clock/{released.prompt.url_key}/" in answer.content.decode()


def test_no_public_page_tells_who_asked(released: Scene, client: Client) -> None:
    """姓名、证件号、电话（明文、密文、摘要）不出现在任何公开页面。"""
    applicants = [case.applicant for case in Case.objects.select_related("applicant")]
    hidden = [*SECRETS, *(a.digest for a in applicants), *(str(a.uid) for a in applicants)]
    lists = [f"{released.address}cell/{key}/" for key in registry.registered()]
    clocks = [f"{released.address}clock/{case.url_key}/" for case in Case.objects.all()]
    for address in ["/", *_addresses(released), *lists, *clocks]:
        text = client.get(address).content.decode()
        assert [word for word in hidden if word in text] == [], address


def test_moved_ledger_is_said(released: Scene, client: Client) -> None:
    """定稿后台账有变动：数字不变，页面说明变了几条。"""
    Case.objects.filter(pk=released.prompt.pk).update(klass="law")
    Case.objects.filter(pk=released.late.pk).update(klass="nat")
    answer = client.get(f"{released.address}cell/t3.r1.nat/")
    movement = answer.context["movement"]
    assert (answer.context["value"], movement.gone, movement.come) == ("2", 1, 1)
    assert "台账此后有变动" in answer.content.decode()


def test_rewritten_section_keeps_the_frozen_words(released: Scene, client: Client) -> None:
    """定稿后改写正文草稿，公布的仍是定稿的文字，只是不再逐字设门。"""
    write_section(released.report, n=1, text="全新的草稿 {t3.new.tot}", by=released.cast.li)
    text = client.get(released.address).content.decode()
    assert ("全新的草稿" in text, "2024年收到申请 4 件，办结 3 件，结转 1 件。" in text) == (
        False,
        True,
    )


def test_erratum_stands_beside_the_figure(released: Scene, client: Client) -> None:
    """更正说明与原数字并列，不覆盖原数字。"""
    freeze = released.report.released
    assert freeze is not None
    note_erratum(
        freeze,
        cell="t2.penalty",
        new="21",
        reason="补报一件。",
        on=date(2025, 3, 3),
        by=released.cast.li,
    )
    text = client.get(released.address).content.decode()
    assert text.count("更正为 21") == 2
    assert "原为 20，2025 年 3 月 3 日更正为 21。补报一件。" in text


@pytest.mark.parametrize(
    "tail", ["cell/t9.none/", "cell/t3.new.tot/?page=2", "cell/t3.new.tot/?page=x"]
)
def test_unknown_figure_or_page_is_not_found(released: Scene, client: Client, tail: str) -> None:
    """不存在的数字、不存在的页：404，中文。"""
    answer = client.get(released.address + tail)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_policy_allows_nothing_inline(released: Scene, client: Client) -> None:
    """内容安全策略只许本站文件，页面里没有内联样式或脚本。"""
    answer = client.get(released.address)
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert (
        re.findall(
            r"<script(?! type=\"module\" src=\"/static/)|<style|style=|onclick=",
            answer.content.decode(),
        )
        == []
    )


def _value(client: Client, scene: Scene, key: str) -> object:
    return client.get(f"{scene.address}cell/{key}/").context["value"]


def _addresses(scene: Scene) -> Iterator[str]:
    yield scene.address
    yield f"{scene.address}report.json"
    for key in ("t3.new.tot", "t2.fee", "t2.norm.valid", "t4.rev.t", "n.items"):
        yield f"{scene.address}cell/{key}/"
    yield f"{scene.address}clock/{scene.prompt.url_key}/"
