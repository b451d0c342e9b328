"""Columns: addresses for ever, dated names and owners, a tree without circles, an end that keeps all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from gongkai.agencies.estates import in_hand
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.columns.actions.keeping import (
    close_column,
    hand_over_column,
    move_column,
    rename_column,
)
from gongkai.columns.actions.opening import adopt_standard_tree
from gongkai.columns.models import Column, ColumnEnding, ColumnName, ColumnOwner
from gongkai.columns.queries import (
    Answering,
    Duty,
    answering_on,
    columns_visible_to,
    days_allowed,
    duties,
    endings_on,
    judged_on,
    names_on,
    open_on,
)
from gongkai.columns.refusal import ColumnRefused
from gongkai.law.platform import STANDARD_TREE, Freshness
from gongkai.law.rules import Rules
from tests.rooms.agencies.county import REFORM, merge
from tests.rooms.cast import Cast
from tests.rooms.columns.making import BASIS, OPENED, SETUP, column

LATER = date(2024, 3, 1)


def test_a_column_is_opened_with_its_first_name_and_owner(cast: Cast) -> None:
    """开设栏目：网址名、名称、责任机关、依据、时限、周期，记入日志。"""
    made = column(cast, "grain-reserve", name="粮食储备")
    assert (made.depth, made.basis, made.limit.words, made.rhythm_days) == (
        *(1, BASIS, "20个工作日内", 30),
    )
    assert names_on(OPENED) == {made.pk: "粮食储备"}
    assert answering_on(OPENED) == {made.pk: Answering(cast.grain.pk, cast.grain.pk, gone=False)}
    event = Event.objects.latest("pk")
    assert (event.kind, event.stream, event.subject, event.payload_text) == (
        "column.opened",
        cast.county.code,
        f"column:{made.uid}",
        '{"name":"粮食储备","opened":"2024-01-02","owner":"T00000003","parent":null,'
        '"slug":"grain-reserve"}',
    )


def test_every_step_is_for_the_county_office_alone(cast: Cast) -> None:
    """栏目由县政务公开办安排（条例第三条），信息员一步也办不了，什么都没有留下。"""
    made = column(cast, "grain-reserve")
    before = Event.objects.count()
    steps: list[Callable[[], object]] = [
        lambda: rename_column(made, name="改名", since=LATER, by=cast.chen),
        lambda: move_column(made, parent=None, on=LATER, by=cast.chen),
        lambda: hand_over_column(made, owner=cast.lakes, since=LATER, by=cast.chen),
        lambda: close_column(made, on=LATER, reason="试验", by=cast.chen),
        lambda: adopt_standard_tree(owner=cast.office, by=cast.chen),
    ]
    for step in steps:
        with pytest.raises(RoleRefused, match=r"县政府办公室的“政务公开办”办理"):
            step()
    assert Event.objects.count() == before


@pytest.mark.parametrize("slug", ["", "粮食", "Grain", "-grain", "a--b", "a b", "g\x00", "a" * 41])
def test_an_address_is_plain_ascii(cast: Cast, slug: str) -> None:
    """网址名只用小写字母、数字和连字符。"""
    with pytest.raises(ValidationError) as wrong:
        column(cast, slug, name="粮食储备")
    assert list(wrong.value.message_dict) == ["slug"]
    assert Column.objects.count() == 0


def test_an_address_is_never_given_again(cast: Cast) -> None:
    """不变量三：停用的栏目也不让出网址名；数据库不许改网址名，不许删除。"""
    made = column(cast, "grain-reserve")
    close_column(made, on=LATER, reason="并入其他栏目", by=cast.li)
    with pytest.raises(ColumnRefused, match=r"网址名永远只指一个栏目"):
        column(cast, "grain-reserve")
    with pytest.raises(DatabaseError, match=r"网址名永远不变"), transaction.atomic():
        Column.objects.filter(pk=made.pk).update(slug="other")
    with pytest.raises(DatabaseError, match=r"不可删除"), transaction.atomic():
        Column.objects.filter(pk=made.pk)._raw_delete("default")
    assert list(Column.objects.values_list("slug", flat=True)) == ["grain-reserve"]


def test_a_name_holds_from_its_day_on(cast: Cast) -> None:
    """不变量十一：更名只存启用日期，以前的名称不变。"""
    made = column(cast, "grain-reserve", name="粮食储备")
    rename_column(made, name="粮食和物资储备", since=LATER, by=cast.li)
    assert [names_on(day)[made.pk] for day in (OPENED, LATER)] == ["粮食储备", "粮食和物资储备"]
    for since in (LATER, OPENED):
        with pytest.raises(ColumnRefused, match=r"应在其后"):
            rename_column(made, name="又改", since=since, by=cast.li)
    with pytest.raises(ColumnRefused, match=r"没有变化"):
        rename_column(made, name="粮食和物资储备", since=date(2024, 4, 1), by=cast.li)


def test_an_owner_answers_from_its_day_on(cast: Cast) -> None:
    """移交之日起由新机关负责；移交给原机关的退回。"""
    made = column(cast, "grain-reserve")
    hand_over_column(made, owner=cast.lakes, since=LATER, by=cast.li)
    assert [answering_on(day)[made.pk].agency for day in (OPENED, LATER)] == [
        *(cast.grain.pk, cast.lakes.pk)
    ]
    with pytest.raises(ColumnRefused, match=r"本来就由它负责"):
        hand_over_column(made, owner=cast.lakes, since=date(2024, 5, 1), by=cast.li)
    with pytest.raises(ColumnRefused, match=r"应在其后"):
        hand_over_column(made, owner=cast.grain, since=LATER, by=cast.li)


def test_the_columns_of_a_merged_agency_pass_to_its_heir(cast: Cast) -> None:
    """机构改革：并入后由承接机关负责，登记的责任机关一字不改；清单里列出来。"""
    made = column(cast, "lake-levels", owner=cast.lakes)
    assert [(e.name, n) for e, n in in_hand(cast.lakes, OPENED) if e.name == "columns"] == [
        ("columns", 1)
    ]
    merge(cast)
    assert answering_on(REFORM) == {made.pk: Answering(cast.grain.pk, cast.lakes.pk, gone=False)}
    assert [one.column for one in duties(cast.grain, Rules.national(REFORM))] == [made]
    assert list(ColumnOwner.objects.values_list("agency", flat=True)) == [cast.lakes.pk]
    with pytest.raises(ColumnRefused, match=r"已撤销，不能再负责栏目"):
        hand_over_column(made, owner=cast.lakes, since=REFORM, by=cast.li)


def tree(cast: Cast) -> tuple[Column, Column, Column]:
    top = column(cast, "top")
    middle = column(cast, "middle", parent=top)
    return top, middle, column(cast, "low", parent=middle)


def shape() -> dict[str, tuple[str | None, int]]:
    rows = Column.objects.select_related("parent")
    return {row.slug: (row.parent.slug if row.parent else None, row.depth) for row in rows}


def test_moving_takes_what_is_below_along(cast: Cast) -> None:
    """移动栏目带着下级一起走，往深往浅都行，网址不变。"""
    top, middle, low = tree(cast)
    other = column(cast, "other")
    move_column(top, parent=other, on=LATER, by=cast.li)
    assert shape() == {
        "other": (None, 1),
        "top": ("other", 2),
        "middle": ("top", 3),
        "low": ("middle", 4),
    }
    move_column(middle, parent=None, on=LATER, by=cast.li)
    assert shape() == {
        "other": (None, 1),
        "top": ("other", 2),
        "middle": (None, 1),
        "low": ("middle", 2),
    }
    low.refresh_from_db()
    assert low.parent == middle


def test_no_column_stands_below_itself(cast: Cast) -> None:
    """栏目树没有圈：办理时拒绝，直接写数据库也拒绝。"""
    top, middle, low = tree(cast)
    for parent in (top, middle, low):
        with pytest.raises(ColumnRefused, match=r"自己或自己的下级"):
            move_column(top, parent=parent, on=LATER, by=cast.li)
    with pytest.raises(DatabaseError, match=r"自己或自己的下级"), transaction.atomic():
        Column.objects.filter(pk=top.pk).update(parent=low, depth=4)
    with pytest.raises(DatabaseError, match=r"自己或自己的下级"), transaction.atomic():
        Column.objects.filter(pk=middle.pk).update(parent=middle, depth=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Column.objects.filter(pk=middle.pk).update(parent=None)
    assert shape() == {"top": (None, 1), "middle": ("top", 2), "low": ("middle", 3)}


def test_a_tree_too_deep_is_refused(cast: Cast) -> None:
    """栏目至多四层。"""
    top, _, low = tree(cast)
    deepest = column(cast, "deepest", parent=low)
    with pytest.raises(ValidationError, match=r"至多 4 层"):
        column(cast, "deeper", parent=deepest)
    other = column(cast, "other")
    with pytest.raises(ColumnRefused, match=r"超过 4 层"):
        move_column(top, parent=other, on=LATER, by=cast.li)


def test_closing_keeps_the_column_and_says_where_to_go(cast: Cast) -> None:
    """停用：写明理由和去处；自停用日起不再调整、不再开设下级；以前的日子照旧。"""
    made, heir = column(cast, "old"), column(cast, "new")
    close_column(made, on=LATER, reason="内容并入", moved_to=heir, by=cast.li)
    assert list(ColumnEnding.objects.values_list("column", "on", "reason", "moved_to")) == [
        (made.pk, LATER, "内容并入", heir.pk)
    ]
    assert list(open_on(OPENED)) == [made, heir]
    assert list(open_on(LATER)) == [heir]
    assert list(endings_on(LATER)) == [made.pk]
    steps: list[Callable[[], object]] = [
        lambda: rename_column(made, name="改名", since=LATER, by=cast.li),
        lambda: close_column(made, on=LATER, reason="再停", by=cast.li),
        lambda: move_column(heir, parent=made, on=LATER, by=cast.li),
        lambda: close_column(heir, on=LATER, reason="再停", moved_to=made, by=cast.li),
    ]
    for step in steps:
        with pytest.raises(ColumnRefused, match=r"自 2024-03-01 起已停用"):
            step()


def test_closing_is_refused_while_something_depends_on_it(cast: Cast) -> None:
    """下面还有在用栏目的、没写理由的、指向自己的，不能停用。"""
    top, _, _ = tree(cast)
    with pytest.raises(ColumnRefused, match=r"先移走或停用下级栏目"):
        close_column(top, on=LATER, reason="试验", by=cast.li)
    single = column(cast, "single")
    with pytest.raises(ValidationError):
        close_column(single, on=LATER, reason="  ", by=cast.li)
    with pytest.raises(ColumnRefused, match=r"请另选一个栏目"):
        close_column(single, on=LATER, reason="试验", moved_to=single, by=cast.li)
    assert ColumnEnding.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"duty": "20.99"}, "duty"),
        ({"field": "lottery"}, "field"),
        ({"duty": "20.7", "field": "finance"}, "field"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"channels": ["website", "website"]}, "channels"),
        ({"basis": ""}, "basis"),
        ({"rhythm_days": 0}, "rhythm_days"),
    ],
)
def test_what_the_law_does_not_know_is_refused(
    cast: Cast, change: dict[str, object], field: str
) -> None:
    """事项、领域、渠道都从法定清单里选；依据不能空；周期至少一天。"""
    with pytest.raises(ValidationError) as wrong:
        column(cast, "odd", setup=replace(SETUP, **change))  # type: ignore[arg-type]
    assert field in wrong.value.message_dict


def test_the_standard_tree_is_adopted_once(cast: Cast) -> None:
    """第二十条、第二十一条的栏目一次设齐；再来一次什么也不变；已有的、已停用的不动。"""
    made = adopt_standard_tree(owner=cast.office, owners={"fees": cast.grain}, by=cast.li)
    assert [(row.slug, row.parent.slug if row.parent else "") for row in made] == [
        (standard.slug, standard.parent) for standard in STANDARD_TREE
    ]
    by_slug = {row.slug: row for row in made}
    finance = by_slug["finance"]
    assert (finance.duty, finance.limit.words, finance.freshness) == ("20.7", "20个自然日内", "own")
    today = clock.today()
    assert answering_on(today)[by_slug["fees"].pk].agency == cast.grain.pk
    assert answering_on(today)[finance.pk].agency == cast.office.pk
    events = Event.objects.count()
    close_column(finance, on=today, reason="试验", by=cast.li)
    assert adopt_standard_tree(owner=cast.grain, by=cast.li) == []
    assert Column.objects.count() == len(STANDARD_TREE)
    assert Event.objects.count() == events + 1


def test_what_is_missing_of_the_standard_tree_is_added(cast: Cast) -> None:
    """已经有一部分的县，只补缺的。"""
    own = column(cast, "statutory", name="本县的法定主动公开")
    made = adopt_standard_tree(owner=cast.office, by=cast.li)
    assert "statutory" not in {row.slug for row in made}
    assert names_on(clock.today())[own.pk] == "本县的法定主动公开"
    assert Column.objects.get(slug="finance").parent == own


def test_duties_tell_basis_limit_and_rhythm(cast: Cast) -> None:
    """一个机关负责哪些栏目，依据什么，多快，多久一次；别的机关的不在内。"""
    made = column(cast, "grain-reserve", name="粮食储备")
    column(cast, "lake-levels", owner=cast.lakes)
    rules = Rules.national(LATER)
    assert duties(cast.grain, rules) == [Duty(made, "粮食储备", BASIS, "20个工作日内", 30)]
    close_column(made, on=LATER, reason="试验", by=cast.li)
    assert duties(cast.grain, rules) == []


@pytest.mark.parametrize(
    ("freshness", "rhythm", "allowed"),
    [
        (Freshness.NEWS, None, 14),
        (Freshness.NOTICE, None, 180),
        (Freshness.NEWS, 7, 7),
        (Freshness.NEWS, 30, 14),
        (Freshness.OWN, 30, 30),
        (Freshness.OWN, None, None),
    ],
)
def test_days_allowed_are_the_stricter_of_law_and_rhythm(
    cast: Cast, freshness: Freshness, rhythm: int | None, allowed: int | None
) -> None:
    """国办秘函〔2019〕19号：动态要闻十四天，通知公告、政策文件一百八十天；本栏目周期更短的从短。"""
    setup = replace(SETUP, freshness=freshness, rhythm_days=rhythm)
    assert days_allowed(column(cast, "one", setup=setup), Rules.national(LATER)) == allowed


def test_columns_that_only_lead_on_are_not_judged(cast: Cast) -> None:
    """只起引导作用的上级栏目不单独判更新。"""
    tree(cast)
    judged = judged_on(Rules.national(LATER)) or []
    assert [one.verdict.expected.slug for one in judged] == ["low"]


def test_bureaus_see_theirs_and_the_office_sees_all(cast: Cast) -> None:
    """不变量四：信息员只看到本机关负责的栏目，县政务公开办看到全部。"""
    mine, theirs = column(cast, "mine"), column(cast, "theirs", owner=cast.lakes)
    seen = {
        person.name: list(columns_visible_to(standing_on(person, LATER)))
        for person in (cast.chen, cast.sun, cast.li)
    }
    assert seen == {"信息员小陈": [mine], "外局孙": [theirs], "初审李": [mine, theirs]}


def test_dated_facts_are_one_a_day(cast: Cast) -> None:
    """不变量十一：同一天只有一个名称、一个责任机关，数据库拒绝第二个。"""
    made = column(cast, "one")
    with pytest.raises(IntegrityError), transaction.atomic():
        ColumnName.objects.create(column=made, name="又一个", since=OPENED)
    with pytest.raises(IntegrityError), transaction.atomic():
        ColumnOwner.objects.create(column=made, agency=cast.lakes, since=OPENED)
