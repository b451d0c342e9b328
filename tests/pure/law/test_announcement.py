"""放假通知的句子：写出来再读回去一模一样；读不懂的逐句列出，不猜。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.announcement import Announcement, Unread, read_announcement, write_announcement
from gongkai.law.notice import DaysOff, Notice, parse_notice
from gongkai.law.packaged import notice_files

PACKAGED = [parse_notice(path.read_bytes()) for path in notice_files()]
NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节、国庆节")


@pytest.mark.parametrize("notice", PACKAGED, ids=lambda notice: str(notice.year))
def test_packaged_notices_read_back_as_written(notice: Notice) -> None:
    """2019 年至 2026 年八份通知：按惯用句式写出，再读回，放假和调休一天不差。"""
    expected = Announcement(notice.festivals, notice.makeup, ())
    assert read_announcement(write_announcement(notice), notice.year) == expected


@st.composite
def invented(draw: st.DrawFn) -> Notice:
    """A notice of any shape: stretches in order, apart, the first perhaps from December on."""
    year = draw(st.integers(2000, 2090))
    at, found = date(year - 1, 12, 29), []
    for name in NAMES:
        first = at + timedelta(days=draw(st.integers(0 if name == "元旦" else 14, 40)))
        last = first + timedelta(days=draw(st.integers(0, 9)))
        found.append(DaysOff(name, first, last))
        at = last
    weekends = [
        entry.last + timedelta(days=n + 1)
        for entry in found
        for n in range(6)
        if (entry.last + timedelta(days=n + 1)).weekday() >= 5
    ]
    makeup = draw(st.sets(st.sampled_from(weekends), max_size=6))
    return Notice(year, "虚构的通知", None, None, "", tuple(found), tuple(sorted(makeup)))


@given(invented())
def test_any_notice_reads_back_as_written(notice: Notice) -> None:
    """恒等式：读(写(x)) == x。"""
    expected = Announcement(notice.festivals, notice.makeup, ())
    assert read_announcement(write_announcement(notice), notice.year) == expected


@given(st.text(max_size=300), st.integers(1900, 2100))
def test_any_text_is_read_without_a_fault(text: str, year: int) -> None:
    """任何文字都不会使程序出错。"""
    found = read_announcement(text, year)
    assert isinstance(found, Announcement)


def off(name: str, first: str, last: str) -> DaysOff:
    return DaysOff(name, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("year", "text", "festivals", "makeup"),
    [
        (
            2026,
            "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
            [off("元旦", "2026-01-01", "2026-01-03")],
            ["2026-01-04"],
        ),
        (
            2019,
            "三、清明节：4月5日放假，与周末连休。",
            [off("清明节", "2019-04-05", "2019-04-07")],
            [],
        ),
        (2023, "清明节:4月5日放假，共1天。", [off("清明节", "2023-04-05", "2023-04-05")], []),
        (
            2023,
            "元旦：2022年12月31日至2023年1月2日放假调休，共3天。",
            [off("元旦", "2022-12-31", "2023-01-02")],
            [],
        ),
        (
            2024,
            "元旦：12月30日至1月1日放假。",
            [off("元旦", "2023-12-30", "2024-01-01")],
            [],
        ),
        (
            2025,
            "二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。"
            "1月26日（周日）、2月8日（周六）上班。",
            [off("春节", "2025-01-28", "2025-02-04")],
            ["2025-01-26", "2025-02-08"],
        ),
        (
            2024,
            "端午节：6月8日、9日、10日放假，共3天。",
            [off("端午节", "2024-06-08", "2024-06-10")],
            [],
        ),
    ],
)
def test_usual_forms_are_read(
    year: int, text: str, festivals: list[DaysOff], makeup: list[str]
) -> None:
    """历年通知的惯用句式：省略月份、跨年、农历注释、与周末连休、逐日列出。"""
    days = tuple(map(date.fromisoformat, makeup))
    assert read_announcement(text, year) == Announcement(tuple(festivals), days, ())


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("元旦：1月1日至3日放假，共4天", "写明4天，2026-01-01 至 2026-01-03 是3天"),
        ("元旦：1月1日（星期五）放假", "2026-01-01 是星期四，文中写的是星期五"),
        ("元旦：1月1日、3日放假", "放假日期不连续或读不懂"),
        ("元旦：2月30日放假", "“2月30日”不是有效日期"),
        ("元旦：1月5日上班", "2026-01-05 是周一至周五，不会是调休上班日"),
        ("元旦：1月3日至1日放假", "放假截止日 2026-01-01 早于起始日 2026-01-03"),
        ("1月1日放假", "看不出是哪个节日，应写成“元旦：1月1日……”的样子"),
        ("元旦：1月1日举行升旗", "不是放假，也不是上班"),
        ("各地区要妥善安排值班和安全保卫工作", "没有写明日期"),
        ("元旦：1月4日照旧在单位上班", "“照旧在单位”读不懂"),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_reason(sentence: str, why: str) -> None:
    """读不懂和自相矛盾的句子列出原因，不产生任何行。"""
    shaped = sentence.replace("：", ":").replace("，", ",").replace("（", "(").replace("）", ")")
    found = read_announcement(f"{sentence}。", 2026)
    assert found == Announcement((), (), (Unread(shaped, why),))


def test_an_overlong_text_says_so() -> None:
    """过长的文字只读前面一段，并说明。"""
    found = read_announcement("元旦：1月1日放假。" + "字" * 30_000, 2026)
    assert [line.why for line in found.unread] == ["没有写明日期", "文字太长，后面的没有读"]
