"""Statistics of requests: days of each stage, late ones, a file that no spreadsheet calculates, few questions."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from gongkai.agencies.actions import appoint, rename_agency
from gongkai.agencies.models import Role
from gongkai.foi import actions
from gongkai.foi.models import Case
from gongkai.foi.statistics.actions import count_suggestion
from gongkai.foi.statistics.spread import Spread, spread
from gongkai.law.intervals import Kind
from gongkai.text.spreadsheet import MARK, csv_bytes, csv_lines
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root

PAGE = "/desk/cases/statistics/"
LOG = "/desk/cases/log/"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def decided(case: Case, on: date, cast: Cast, result: str = "granted") -> Case:
    return actions.decide(case, result=result, on=on, facts={"material": "一份"}, by=cast.wang)


@pytest.fixture
def requests(cast: Cast) -> list[Case]:
    """Three to the county, of which one waited for a third party and was extended, and one to a bureau, late."""
    found = [
        request_of(cast.county, cast.wang, on=on, who=f"00000019800101{n:04d}")
        for n, on in enumerate([date(2024, 3, 4), date(2024, 3, 4), date(2024, 5, 6)])
    ]
    asked = date(2024, 3, 5)
    actions.ask_opinion(found[1], whom=Kind.THIRD_PARTY, on=asked, received_on=asked, by=cast.wang)
    actions.record_opinion(found[1], on=date(2024, 3, 11), consents=True, by=cast.wang)
    actions.extend(found[1], days=20, on=date(2024, 3, 18), reason="复杂", by=cast.wang)
    decided(found[0], date(2024, 3, 8), cast)
    decided(found[1], date(2024, 4, 15), cast)
    actions.serve(found[0], on=date(2024, 3, 11), way="当面", by=cast.wang)
    late = request_of(cast.lakes, cast.wang, on=date(2024, 5, 6), who="000000198001019999")
    return [*found, decided(late, date(2024, 7, 31), cast)]


def test_a_spread_names_days_that_occurred() -> None:
    """中位数、九成数、最长都是真有的天数（最近秩），没有的就没有。"""
    assert spread([]) == Spread(0, None, None, None)
    assert spread([7]) == Spread(1, 7, 7, 7)
    assert spread([9, 1, 5, 3]) == Spread(4, 3, 9, 9)
    assert spread(range(1, 101)) == Spread(100, 50, 90, 100)


def test_the_page_counts_stages_units_and_what_is_late(cast: Cast, requests: list[Case]) -> None:
    """逾期含逾期答复和期满未答复；延期率、各环节工作日、各单位、各月；重作等不计的不在内。"""
    count_suggestion(cast.county, followed=False)
    client = desk(cast.li)
    found = client.get(PAGE, {"year": "2024"}).context
    shown = found["tables"]
    whole = shown.whole
    assert (whole.received, whole.decided, whole.late, whole.extended) == (4, 3, 2, 1)
    assert whole.extension_rate == 25
    assert whole.days == Spread(3, 29, 62, 62)
    assert {label: one for label, one in shown.stages if one.count} == {
        "收到到作出决定": Spread(3, 29, 62, 62),
        "作出决定到送达": Spread(1, 1, 1, 1),
        "征求意见": Spread(1, 4, 4, 4),
    }
    assert shown.outcomes == [("予以公开", 3)]
    assert shown.months == [("2024-03", 2, 2), ("2024-05", 2, 1)]
    units = {name: (one.received, one.late) for name, one in shown.units}
    assert sorted(units.values()) == [(1, 1), (3, 1)]
    assert found["offered"] == 0
    narrowed = desk(cast.sun).get(PAGE, {"year": "2024", "month": "5"}).context["tables"]
    assert [narrowed.whole.received, len(narrowed.units)] == [1, 1]
    assert client.get(PAGE).context["offered"] == 1


def test_the_page_asks_few_questions_whatever_is_asked(
    cast: Cast, requests: list[Case], django_assert_max_num_queries: Any
) -> None:
    """任何筛选不超过 12 次查询；认不出的条件不起作用，也不出错。"""
    client = desk(cast.li)
    for query in (
        {},
        {"year": "2024"},
        {"year": "2024", "month": "3", "agency": "T00000004"},
        {"year": "0000", "month": "99", "agency": "甲\x00乙"},
        {"year": "９９９９", "month": "-1"},
    ):
        with django_assert_max_num_queries(12):
            assert client.get(PAGE, query).status_code == 200
        with django_assert_max_num_queries(12):
            b"".join(client.get(f"{PAGE}requests.csv", query).streaming_content)  # type: ignore[attr-defined]


def test_no_cell_of_the_file_is_calculated(cast: Cast, requests: list[Case]) -> None:
    """简称以等号起头的机关，表格软件里是文字；有标记的 UTF-8，逐行送出；不含申请人。"""
    name = "=HYPERLINK(1)"
    rename_agency(
        cast.lakes, name="示例县湖泊局", short=name, mark="示湖", since=date(2024, 1, 1), by=cast.li
    )
    answer = desk(cast.li).get(f"{PAGE}requests.csv", {"year": "2024"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text.removeprefix(MARK))))
    assert text.startswith(MARK)
    assert [row[1] for row in rows if "HYPERLINK" in row[1]] == [f"'{name}"]
    assert rows[1] == [
        "2024-0001",
        rows[1][1],
        "2024-03-04",
        "2024-03-08",
        "4",
        "予以公开",
        "否",
        "否",
    ]
    assert len(rows) == 5
    assert "试验申请人" not in text


@pytest.mark.parametrize("first", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1"])
def test_streamed_lines_are_the_file(first: str) -> None:
    """逐行送出的与一次写出的一字不差，公式起头的字都已挡住。"""
    lines = [["甲", first], ["乙,丙", '"丁"']]
    whole = b"".join(csv_lines(lines))
    assert whole == csv_bytes(lines)
    assert f"'{first}" in whole.decode()


def test_the_anonymous_list_is_the_offices_and_says_what_was_merged(
    cast: Cast, requests: list[Case]
) -> None:
    """不到参数件数的不能公开，说明原因；够了才有文件，没有受理编号；只有政务公开办能做。"""
    client = desk(cast.li)
    few = client.get(LOG, {"year": "2024"})
    assert (few.status_code, "不到一组最少的 5 件" in few.content.decode()) == (409, True)
    assert client.get(f"{LOG}log.csv", {"year": "2024"}).status_code == 409
    for n in range(12):
        on = date(2024, 6 + n % 2, 3)
        request_of(cast.county, cast.wang, on=on, who=f"00000019810101{n:04d}")
    page = client.get(LOG, {"year": "2024", "month": "6"})
    assert (page.context["total"], page.context["merged"]) == (16, 10)
    file = client.get(f"{LOG}log.csv", {"year": "2024"})
    text = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    counts = [int(row[-1]) for row in list(csv.reader(io.StringIO(text)))[1:]]
    assert (sum(counts), min(counts) >= 5, "-000" in text) == (16, True, False)
    assert desk(cast.wang).get(LOG).status_code == 403
    appoint(cast.sun, cast.lakes, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.li)
    assert desk(cast.sun).get(LOG, {"year": "2024"}).status_code == 409
