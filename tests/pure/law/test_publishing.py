"""Channels, limits, fields and the standard tree: data of the law, whole values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.duties import ARTICLE_20, ARTICLE_21
from gongkai.law.fields import FIELDS, Field, field_named
from gongkai.law.parameters import Certainty
from gongkai.law.platform import INSTITUTIONS, STANDARD_TREE, Freshness, Section, StandardColumn
from gongkai.law.publishing import (
    CHANNELS,
    MOST_DAYS,
    SPECIAL,
    TYPICAL,
    LimitKind,
    TimeLimit,
    read_time_limit,
)
from gongkai.law.rules import Rules

RULES = Rules.national(date(2024, 6, 3))


def test_twenty_six_fields_with_what_is_known_of_each() -> None:
    """国办发〔2019〕54号：二十六个领域；见过目录的已核对，其余标明未核对。"""
    assert [field.no for field in FIELDS.values()] == list(range(1, 27))
    assert [field.no for field in FIELDS.values() if field.certainty is Certainty.SURE] == [
        *(1, 6, 7, 8, 9, 11, 16, 17, 26)
    ]
    assert FIELDS["poverty-relief"] == Field(
        14, "poverty-relief", "扶贫", "乡村振兴", Certainty.VERIFIED
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("示例县财政预决算领域基层政务公开标准目录", "finance"),
        ("乡村振兴", "poverty-relief"),
        ("社会救助领域", "social-assistance"),
        ("国有土地上房屋征收与补偿", "house-expropriation"),
    ],
)
def test_a_field_is_found_by_its_names(text: str, code: str) -> None:
    """第十四个领域多改称乡村振兴；标题里带“领域”“目录”也认得。"""
    assert field_named(text) == FIELDS[code]


def test_no_field_is_guessed() -> None:
    """不认得的领域不猜。"""
    assert field_named("体育彩票") is None


def test_channels_are_the_boxes_of_the_official_table() -> None:
    """标准目录“公开渠道和载体”的十三个选项，一字不改，次序不变。"""
    assert [channel.title for channel in CHANNELS.values()] == [
        *("政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体"),
        *("公开查阅点", "政务服务中心", "便民服务站", "入户/现场"),
        *("社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他"),
    ]


def test_every_typical_limit_is_read_as_it_is_kept() -> None:
    """目录里常见的公开时限都读成值：第二十六条二十个工作日等。"""
    assert [(one.text, read_time_limit(one.text)) for one in TYPICAL] == [
        ("信息形成或者变更之日起20个工作日内", TimeLimit(LimitKind.WORKING_DAY, 20)),
        ("及时公开", TimeLimit(LimitKind.IMMEDIATE)),
        ("实时公开", TimeLimit(LimitKind.REAL_TIME)),
        ("3个工作日内", TimeLimit(LimitKind.WORKING_DAY, 3)),
        ("永久公开", TimeLimit(LimitKind.PERMANENT)),
    ]
    assert [one.limit for one in TYPICAL] == [read_time_limit(one.text) for one in TYPICAL]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("批准后20日内公开", TimeLimit(LimitKind.NATURAL_DAY, 20)),
        ("7 个 工作日", TimeLimit(LimitKind.WORKING_DAY, 7)),
        ("及时", TimeLimit(LimitKind.IMMEDIATE)),
        ("每年1月底前", None),
        ("0个工作日内", None),
        ("9999个工作日内", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_other_words_are_read_or_left(text: str, limit: TimeLimit | None) -> None:
    """日、天是自然日；读不懂的留作原文，不猜。"""
    assert read_time_limit(text) == limit


@given(
    st.builds(
        TimeLimit,
        st.sampled_from([LimitKind.WORKING_DAY, LimitKind.NATURAL_DAY]),
        st.integers(1, MOST_DAYS),
    )
)
def test_a_limit_is_read_back_from_its_own_words(limit: TimeLimit) -> None:
    """写出来再读回去，是同一个期限。"""
    assert read_time_limit(limit.words) == limit


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (LimitKind.WORKING_DAY, None),
        (LimitKind.IMMEDIATE, 3),
        (LimitKind.NATURAL_DAY, 0),
        (LimitKind.NATURAL_DAY, MOST_DAYS + 1),
    ],
)
def test_a_limit_without_sense_is_refused(kind: LimitKind, days: int | None) -> None:
    """按天计的要有天数，不按天计的不能有。"""
    with pytest.raises(ValueError, match=r"days"):
        TimeLimit(kind, days)


def test_special_columns_take_their_numbers_from_the_parameters() -> None:
    """预算法第十四条二十日（自然日）、双公示七个工作日、处罚撤回三个工作日：数字在参数里，不写第二遍。"""
    assert {code: one.limit(RULES) for code, one in SPECIAL.items()} == {
        "government-budget": TimeLimit(LimitKind.NATURAL_DAY, 20),
        "department-budget": TimeLimit(LimitKind.NATURAL_DAY, 20),
        "unit-budget": TimeLimit(LimitKind.NATURAL_DAY, 20),
        "earmarked-transfers": None,
        "fiscal-column": None,
        "audit": None,
        "licences": TimeLimit(LimitKind.WORKING_DAY, 7),
        "penalties": TimeLimit(LimitKind.WORKING_DAY, 7),
        "penalty-withdrawal": TimeLimit(LimitKind.WORKING_DAY, 3),
        "enforcement": TimeLimit(LimitKind.WORKING_DAY, 20),
        "decisions": TimeLimit(LimitKind.NATURAL_DAY, 30),
        "fees": TimeLimit(LimitKind.WORKING_DAY, 20),
        "proposals": None,
        "public-enterprises": None,
        "functions-and-staff": TimeLimit(LimitKind.WORKING_DAY, 20),
    }
    assert [code for code, one in SPECIAL.items() if one.certainty is Certainty.SURE] == [
        *("fiscal-column", "enforcement", "proposals")
    ]


def test_the_standard_tree_has_a_column_for_every_duty() -> None:
    """第二十条十五项、第二十一条县级七项和乡镇八项，每项恰有一个栏目。"""
    duties = [column.duty for column in STANDARD_TREE if column.duty]
    assert sorted(duties) == sorted(duty.code for duty in (*ARTICLE_20, *ARTICLE_21))


def test_the_standard_tree_is_a_tree_with_known_limits() -> None:
    """上级栏目先于下级；网址名各不相同；期限都是参数。"""
    slugs = [column.slug for column in STANDARD_TREE]
    assert len(set(slugs)) == len(slugs)
    for at, column in enumerate(STANDARD_TREE):
        assert column.parent in ("", *slugs[:at])
        if column.limit:
            RULES.limit(column.limit)
    finance = next(column for column in STANDARD_TREE if column.slug == "finance")
    assert finance == StandardColumn(
        "finance",
        "财政预决算",
        Section.STATUTORY,
        "statutory",
        "20.7",
        "《政府信息公开条例》第二十条第七项",
        "budget.publish",
        Freshness.OWN,
        365,
        "list",
        "county",
    )


def test_institutions_name_their_article() -> None:
    """第四十五条的登记、审核、办理、答复、归档制度等八项。"""
    assert [one.basis.removeprefix("《政府信息公开条例》") for one in INSTITUTIONS] == [
        *("第四十五条", "第十七条", "第十一条", "第十八条"),
        *("第六条", "第四十六条", "第四十八条", "第四十九条"),
    ]
