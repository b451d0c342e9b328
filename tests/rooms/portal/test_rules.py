"""The public pages of the rules: what the data says, with anchors that stay, in few queries."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.audit import clock
from gongkai.law.grounds import GROUNDS
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.parameters import packaged
from gongkai.law.receipt import Channel
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import notice, propose_value, put_notice, put_value

KEYS = list(dict.fromkeys(entry.key for entry in packaged()))


def test_every_rule_has_its_anchor_and_its_page(cast: Cast, client: Client) -> None:
    """每个参数、处理结果、理由、渠道都有固定锚点，每个参数都有自己的页。"""
    page = client.get("/rules/").content.decode()
    wanted = [
        *KEYS,
        *(f"outcome-{code}" for code in OUTCOMES),
        *(f"ground-{code}" for code in GROUNDS),
        *(f"channel-{channel}" for channel in Channel),
    ]
    assert [name for name in wanted if f'id="{name}"' not in page] == []
    assert {key: client.get(f"/rules/{key}/").status_code for key in KEYS} == dict.fromkeys(
        KEYS, 200
    )


def test_a_rule_says_article_value_since_certainty_and_proof(cast: Cast, client: Client) -> None:
    """条例第三十三条：页上有条款、取值、启用日期、把握程度、用到的程序和点名它的测试。"""
    page = client.get("/rules/reply.limit/").content.decode()
    for said in (
        "20个工作日",
        "《政府信息公开条例》第三十三条第二款",
        "2019 年 5 月 15 日",
        "已核对原文",
        "法规已定，不能自定",
        "gongkai/foi/clock.py",
        "tests/rooms/foi/test_case.py::test_the_clock_of_a_case_is_read_from_its_events",
    ):
        assert said in page


def test_the_county_s_own_value_is_public_once_approved(cast: Cast, client: Client) -> None:
    """县里自定的取值批准后公开，待批准的不公开，谁提出谁批准都不公开。"""
    put_value(cast, "correction.period", "10", date(2026, 1, 1), "县政府办通知甲")
    propose_value(cast, "correction.period", "8", date(2026, 2, 1), "县政府办通知乙")
    page = client.get("/rules/correction.period/").content.decode()
    assert ("县政府办通知甲" in page, "县政府办通知乙" in page) == (True, False)
    assert [name for name in (cast.li.name, cast.zhao.name) if name in page] == []
    row = _json(client)["correction.period"]
    assert (row["value"], row["article"], row["own"]) == (
        10,
        "县政府办通知甲",
        {"since": "2026-01-01", "source": "县政府办通知甲", "in_place_of": 15},
    )


def test_the_twin_says_the_same(cast: Cast, client: Client) -> None:
    """JSON 与页面同一份数据；同一内容答 304。"""
    found = _json(client)
    assert list(found) == KEYS
    assert found["reply.limit"]["value"] == 20
    assert (found["reply.limit"]["unsure"], found["norm.filing"]["unsure"]) == (False, True)
    answer = client.get("/rules/index.json")
    again = client.get("/rules/index.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_calendar_says_its_notice_or_that_it_is_provisional(cast: Cast, client: Client) -> None:
    """有通知的年份写明通知；没有的标暂定并给出最少和最多；批准后随即改变。"""
    known = client.get("/rules/calendar/2024/").content.decode()
    assert "全年 251 个工作日。" in known
    assert "国务院办公厅关于2024年部分节假日安排的通知" in known
    before = client.get("/rules/calendar/2027/")
    assert "<strong>暂定。</strong>" in before.content.decode()
    year = before.context["year"]
    put_notice(cast, notice())
    after = client.get("/rules/calendar/2027/")
    assert "<strong>暂定。</strong>" not in after.content.decode()
    assert year.fewest <= after.context["year"].working <= year.most


@pytest.mark.parametrize(
    "address",
    ["calendar/2018/", "calendar/9999/", "calendar/1000/", "no.such/", "calendar/abc/"],
)
def test_what_is_not_known_is_404(cast: Cast, client: Client, address: str) -> None:
    assert client.get(f"/rules/{address}").status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("", 5),
        ("index.json", 1),
        ("reply.limit/", 3),
        (f"calendar/{clock.today().year}/", 4),
    ],
)
def test_pages_take_few_queries(cast: Cast, client: Client, address: str, most: int) -> None:
    """公开页面查询不多，也不随规则多少增加。"""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/rules/{address}").status_code == 200
    assert len(captured) <= most


def _json(client: Client) -> dict[str, dict[str, object]]:
    rows = json.loads(client.get("/rules/index.json").content)["parameters"]
    return {row["key"]: row for row in rows}
