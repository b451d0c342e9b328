"""同义词、推荐结果、没有结果的检索：谁能改，怎样起作用，不留个人信息。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.search.actions import (
    add_synonym,
    drop_synonym,
    end_recommendation,
    note_missed,
    recommend,
)
from gongkai.search.actions import missed as missed_actions
from gongkai.search.models import MissedQuery
from gongkai.search.queries import bets_for, missed_in_week
from gongkai.search.refusal import SearchRefused
from tests.rooms.cast import Cast
from tests.rooms.search.conftest import entry, found, put

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 7)
LATER = date(2099, 1, 1)


def test_synonyms_find_each_other(cast: Cast) -> None:
    """同义词双向扩展，可与别的词同时用；删掉以后恢复原样。"""
    put(
        entry(1, "低保标准"),
        entry(2, "最低生活保障标准"),
        entry(3, "其他", "最低生活保障"),
        entry(4, "标准"),
    )
    row = add_synonym("最低生活保障", "低保", by=cast.li)
    assert (found("低保"), found("最低生活保障")) == ([1, 2, 3], [2, 1, 3])
    assert found("低保 标准") == [1, 2]
    assert found("低") == [1, 2]
    drop_synonym(row, by=cast.li)
    assert (found("低保"), found("最低生活保障")) == ([1], [2, 3])
    with pytest.raises(SearchRefused, match="已经删除"):
        drop_synonym(row, by=cast.li)
    events = Event.objects.filter(stream="search").order_by("seq")
    assert [event.kind for event in events] == ["synonym.added", "synonym.dropped"]


@pytest.mark.parametrize(
    ("term", "equal", "why"),
    [
        ("低保", "低保", "已经是同一个词"),
        ("ＰＭ", "pm", "已经是同一个词"),
        ("低", "低保", "2 至 50 个字"),
        ("低保", "", "2 至 50 个字"),
        ("低保", "长" * 51, "2 至 50 个字"),
        ("open data", "数据", "没有空格"),
        ("农村", "乡村", "不用再登记"),
    ],
)
def test_what_is_no_synonym_is_refused(cast: Cast, term: str, equal: str, why: str) -> None:
    """不成其为同义词的，说明原因。"""
    add_synonym("乡村", "农村", by=cast.li)
    with pytest.raises(SearchRefused, match=why):
        add_synonym(term, equal, by=cast.li)


def test_only_the_openness_office_tends_the_search(cast: Cast) -> None:
    """县政务公开办以外的人不能改同义词和推荐。"""
    row = add_synonym("乡村", "农村", by=cast.li)
    bet = recommend("高考", title="招生", url="/c/1", expires_on=LATER, by=cast.li)
    for refused in (
        lambda: add_synonym("低保", "保障", by=cast.sun),
        lambda: drop_synonym(row, by=cast.zhao),
        lambda: recommend("中考", title="招生", url="/c/1", expires_on=LATER, by=cast.chen),
        lambda: end_recommendation(bet, by=cast.sun),
    ):
        with pytest.raises(RoleRefused):
            refused()


def test_a_recommendation_is_shown_for_its_word_until_its_last_day(cast: Cast) -> None:
    """推荐结果：检索词相同（不分全角半角）才显示，过了最后一天不显示，撤下就没有。"""
    bet = recommend("ＡＩ 高考", title="招生专栏", url="/c/1", expires_on=LATER, by=cast.li)
    assert bets_for("ai高考", LATER) == [bet]
    assert bets_for("ai高考", LATER + timedelta(days=1)) == []
    assert bets_for("高考", LATER) == []
    end_recommendation(bet, by=cast.li)
    assert bets_for("ai高考", LATER) == []
    with pytest.raises(SearchRefused, match="已经撤下"):
        end_recommendation(bet, by=cast.li)


@pytest.mark.parametrize(
    ("url", "last", "why"),
    [
        ("javascript:alert(1)", LATER, "网址应是"),
        ("//elsewhere.example", LATER, "网址应是"),
        ("/c/1", date(2020, 1, 1), "已经过去"),
        ("/c/2", LATER, "已经推荐"),
    ],
)
def test_a_recommendation_that_leads_nowhere_is_refused(
    cast: Cast, url: str, last: date, why: str
) -> None:
    """脚本网址、过去的日期、重复的推荐。"""
    recommend("高考", title="招生", url="/c/2", expires_on=LATER, by=cast.li)
    with pytest.raises(SearchRefused, match=why):
        recommend("高考", title="招生", url=url, expires_on=last, by=cast.li)


def test_what_was_missed_is_counted_by_day_and_told_by_week() -> None:
    """没有结果的检索：同一天同一个词累加，七天汇总，多的在前，八天前的不算。"""
    for typed, back in (
        ("低保", 0),
        ("低 保", 0),
        ("ＡＢ", 1),
        ("低保", 6),
        ("ab", 7),
        ("低保", 7),
    ):
        note_missed(typed, on=DAY - timedelta(days=back))
    assert missed_in_week(DAY) == [("低保", 3), ("ab", 1)]
    assert missed_in_week(DAY, most=1) == [("低保", 3)]


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "１３８ ００１３ ８０００", "张三 13800138000 低保", "6222021234567890128"],
)
def test_personal_data_is_masked_before_it_is_kept(typed: str) -> None:
    """查自己的电话、卡号查不到：记录里只有遮盖后的样子。"""
    note_missed(typed, on=DAY)
    (row,) = MissedQuery.objects.all()
    assert "*" in row.folded
    assert "00138" not in row.folded
    assert "1234567" not in row.folded


def test_a_machine_that_tries_words_does_not_fill_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """一天里不同的检索词只记有限多个，已记的照样累加；空的、超长的不出错。"""
    monkeypatch.setattr(missed_actions, "MOST_A_DAY", 2)
    for typed in ("一一", "二二", "三三", "一一", "", "\x00", "长" * 5_000):
        note_missed(typed, on=DAY)
    assert missed_in_week(DAY) == [("一一", 2), ("二二", 1)]
