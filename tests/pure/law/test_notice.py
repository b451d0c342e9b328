"""导入放假通知：错误一次说全，不接受一半。"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.law.calendar import Calendar, NoticeRefused, parse_notice
from gongkai.law.packaged import notice_files

Row = dict[str, Any]


def notice() -> Row:
    """A well-formed notice for 2027, invented."""
    return {
        "schema": "gongkai.holiday-notice/1",
        "year": 2027,
        "title": "2027年放假安排（测试用，虚构）",
        "number": None,
        "published_on": "2026-11-01",
        "source": "测试",
        "festivals": [
            {"name": "元旦", "off": ["2027-01-01", "2027-01-03"]},
            {"name": "春节", "off": ["2027-02-05", "2027-02-12"]},
            {"name": "清明节", "off": ["2027-04-03", "2027-04-05"]},
            {"name": "劳动节", "off": ["2027-05-01", "2027-05-05"]},
            {"name": "端午节", "off": ["2027-06-09", "2027-06-09"]},
            {"name": "中秋节", "off": ["2027-09-15", "2027-09-15"]},
            {"name": "国庆节", "off": ["2027-10-01", "2027-10-07"]},
        ],
        "makeup": ["2027-02-20", "2027-05-08", "2027-10-09"],
    }


def parse(row: Row) -> list[str]:
    """The reasons for which *row* is refused."""
    with pytest.raises(NoticeRefused) as refused:
        parse_notice(json.dumps(row).encode())
    return refused.value.reasons


def test_good_notice_is_read_whole() -> None:
    found = parse_notice(json.dumps(notice()).encode())
    assert (found.year, len(found.festivals), len(found.makeup)) == (2027, 7, 3)
    calendar = Calendar.national().with_notices([found])
    assert calendar.last_noticed_year == 2027
    assert not calendar.day(found.makeup[0]).provisional


def test_packaged_notices_pass_the_same_door() -> None:
    """随程序发布的八份通知与导入的走同一道检查。"""
    years = [parse_notice(path.read_bytes()).year for path in notice_files()]
    assert years == list(range(2019, 2027))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100000, "年".encode("gbk")])
def test_not_json_is_one_chinese_reason(data: bytes) -> None:
    with pytest.raises(NoticeRefused) as refused:
        parse_notice(data)
    assert refused.value.reasons == ["文件不是 UTF-8 编码的 JSON，请用本系统的放假通知格式重新准备"]


def off(row: Row, index: int, first: str, last: str) -> None:
    row["festivals"][index]["off"] = [first, last]


@pytest.mark.parametrize(
    ("spoil", "reasons"),
    [
        (
            lambda r: r.update(year=2028),
            ["年份不符：year 是2028，标题“2027年放假安排（测试用，虚构）”写的是2027年"],
        ),
        (lambda r: r.update(year="2027"), ["year 应为四位年份数字"]),
        (lambda r: r.update(title=" "), ["缺少通知标题 title"]),
        (lambda r: r.update(festivals=[]), ["缺少放假安排 festivals"]),
        (lambda r: r.update(makeup=None), ["缺少调休上班日期 makeup（没有调休时写空列表）"]),
        (
            lambda r: r["makeup"].append("2027-03-03"),
            ["2027-03-03 是周一至周五，不需要列为调休上班"],
        ),
        (lambda r: r["makeup"].append("2027-10-02"), ["2027-10-02 既列为放假又列为调休上班"]),
        (lambda r: r["makeup"].append("2027-02-20"), ["2027-02-20 重复出现，请删除多余的一处"]),
        (
            lambda r: r["makeup"].append("2026-05-09"),
            ["2026-05-09 不在2027年放假安排的范围内（年份不符）"],
        ),
        (
            lambda r: r["makeup"].append("2035-05-05"),
            ["2035-05-05 不在2027年放假安排的范围内（年份不符）"],
        ),
        (
            lambda r: r["makeup"].append("2027-02-30"),
            ["调休上班日期“2027-02-30”不是有效日期，应写成 2027-01-01 的样子"],
        ),
        (
            lambda r: r["makeup"].append(7),
            ["调休上班日期“7”不是有效日期，应写成 2027-01-01 的样子"],
        ),
        (
            lambda r: off(r, 4, "2027-06-09", "2027-06-08"),
            ["端午节放假截止日 2027-06-08 早于起始日 2027-06-09"],
        ),
        (
            lambda r: off(r, 6, "2027-10-01", "2027-11-07"),
            ["国庆节从 2027-10-01 放到 2027-11-07，超过15天，请核对日期"],
        ),
        (
            lambda r: r["festivals"].append("元旦"),
            ["第8项放假安排应写明 name 和 off（起止两个日期）"],
        ),
        (lambda r: r["festivals"].pop(4), ["端午节 2027-06-09 是法定节日，通知里没有列为放假"]),
        (
            lambda r: off(r, 1, "2027-02-06", "2027-02-12"),
            ["春节 2027-02-05 是法定节日，通知里没有列为放假"],
        ),
        (
            lambda r: r["festivals"].append({"name": "元旦", "off": ["2027-01-03", "2027-01-03"]}),
            [
                "元旦列了不止一次：一个节日的放假日期应连续写成一段",
                "2027-01-03 重复出现，请删除多余的一处",
            ],
        ),
        (lambda r: r.pop("schema"), ["缺少格式标识：schema 应为“gongkai.holiday-notice/1”"]),
    ],
)
def test_wrong_notice_is_refused_with_its_reason(
    spoil: Callable[[Row], object], reasons: list[str]
) -> None:
    row = notice()
    spoil(row)
    assert parse(row) == reasons


def test_all_reasons_are_given_at_once() -> None:
    row = notice()
    row["makeup"] += ["2027-03-03", "2027-10-02"]
    assert parse(row) == [
        "2027-10-02 既列为放假又列为调休上班",
        "2027-03-03 是周一至周五，不需要列为调休上班",
    ]


def test_json_that_is_no_object_is_refused() -> None:
    with pytest.raises(NoticeRefused, match="最外层应为 JSON 对象"):
        parse_notice(b"[]")


def spoiled(**changed: Any) -> Row:
    """The notice with other words for the Spring Festival."""
    row = notice()
    row["festivals"][1] |= changed
    return row


def test_days_named_one_by_one_must_follow_each_other() -> None:
    """逐日列出的放假日期不连续，拒绝；连续的读成一段。"""
    broken = spoiled(off=["2027-02-05", "2027-02-06", "2027-02-08"])
    assert parse(broken) == ["春节放假日期不连续：2027-02-06 之后写的是 2027-02-08，请逐日核对"]
    whole = [f"2027-02-{n:02d}" for n in range(5, 13)]
    found = parse_notice(json.dumps(spoiled(off=whole)).encode())
    assert found == parse_notice(json.dumps(notice()).encode())


def test_a_stated_count_must_add_up() -> None:
    """写明的天数与日期不符，拒绝；相符的接受。"""
    assert parse(spoiled(days=7)) == ["春节写明共7天，2027-02-05 至 2027-02-12 是8天，请核对"]
    assert parse(spoiled(days="八")) == ["春节写明共八天，2027-02-05 至 2027-02-12 是8天，请核对"]
    assert parse_notice(json.dumps(spoiled(days=8)).encode()).festivals[1].count == 8
