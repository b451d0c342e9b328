"""A unit's figure: filed by one, judged by another, and never taken for zero when it is not there."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.people.models import Person
from gongkai.returns.actions import ReturnRefused, accept_return, file_return, send_back_return
from gongkai.returns.models import Item, Return, State
from gongkai.returns.queries import altered_returns, counted, missing
from tests.rooms.cast import SINCE, Cast

PERIOD = 2024


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The county with who files and who judges in both bureaus."""
    for person, agency, role in (
        (cast.chen, cast.grain, Role.RETURN_FILLER),
        (cast.sun, cast.lakes, Role.RETURN_FILLER),
        *((cast.li, agency, Role.RETURN_APPROVER) for agency in (cast.grain, cast.lakes)),
        (cast.zhao, cast.grain, Role.RETURN_APPROVER),
    ):
        appoint(person, agency, role=role, since=SINCE, by=cast.li)
    return cast


def file(
    cast: Cast,
    value: int | None,
    *,
    item: Item = Item.LICENCE,
    agency: Agency | None = None,
    why: str = "",
) -> Return:
    return file_return(
        agency or cast.grain,
        period=PERIOD,
        item=item,
        value=value,
        source="许可台账",
        absent_reason=why,
        by=cast.sun if agency == cast.lakes else cast.chen,
    )


def judgement(row: Return) -> tuple[str, Person | None, str]:
    row.refresh_from_db()
    return row.state, row.approver, row.sent_back_reason


def amounts(cast: Cast) -> list[tuple[str, str, int, int | None]]:
    rows = counted([cast.grain.pk, cast.lakes.pk], PERIOD)
    return [(row.agency.code, row.item, row.revision, row.value_int) for row in rows]


def owed(cast: Cast, *agencies: Agency) -> list[tuple[Agency, Item, str]]:
    return missing(agencies, PERIOD, counted([agency.pk for agency in agencies], PERIOD))


def test_one_files_and_another_accepts(cast: Cast) -> None:
    """不变量二：填报人与接收人不是一人；报送与接收都记入本单位的流。"""
    row = file(cast, 12)
    assert judgement(row) == (State.FILED, None, "")
    accept_return(row, by=cast.li)
    assert judgement(row) == (State.ACCEPTED, cast.li, "")
    told = Event.objects.filter(subject=f"return:{row.uid}").order_by("seq")
    payload = f'{{"item":"licence","period":2024,"revision":1,"sha256":"{row.sha256}"}}'
    assert list(told.values_list("stream", "kind", "actor_name", "payload_text")) == [
        (cast.grain.code, "return.filed", "信息员小陈", payload),
        (cast.grain.code, "return.accepted", "初审李", payload),
    ]


def test_nobody_judges_their_own_return(cast: Cast) -> None:
    """不变量二：程序拒绝自收自退，数据库也拒绝填报人与接收人相同。"""
    row = file(cast, 12)
    said = "填报人不能接收或退回自己的报送，请由本单位另一位报送审核人办理。"
    with pytest.raises(ReturnRefused) as refused:
        accept_return(row, by=cast.chen)
    assert str(refused.value) == said
    with pytest.raises(ReturnRefused) as refused:
        send_back_return(row, reason="自己改主意", by=cast.chen)
    assert str(refused.value) == said
    with pytest.raises(IntegrityError, match="return_two_persons"), transaction.atomic():
        Return.objects.filter(pk=row.pk).update(state=State.ACCEPTED, approver=cast.chen)
    assert judgement(row) == (State.FILED, None, "")


@pytest.mark.parametrize(
    ("state", "judged"), [(State.ACCEPTED, False), (State.SENT_BACK, False), (State.FILED, True)]
)
def test_a_judged_return_has_a_judge(state: State, judged: bool, cast: Cast) -> None:
    """不变量二：已接收、已退回须有接收人，已报送则没有，由数据库保证。"""
    row = file(cast, 12)
    approver = cast.li if judged else None
    with pytest.raises(IntegrityError, match="return_judged_by_someone"), transaction.atomic():
        Return.objects.filter(pk=row.pk).update(state=state, approver=approver)
    assert judgement(row) == (State.FILED, None, "")


def test_no_figure_needs_a_reason(cast: Cast) -> None:
    """不变量十：没有数据须写理由，空白不算；确实为零的填 0。"""
    for why in ("", "  "):
        with pytest.raises(ReturnRefused) as refused:
            file(cast, None, why=why)
        said = "没有数据时必须写明理由：缺报不等于零。确实为零的请填 0。"
        assert str(refused.value) == said
    assert Return.objects.count() == 0
    zero, none = file(cast, 0), file(cast, None, item=Item.FEE, why="收费系统停用")
    assert [(row.value_int, row.absent_reason) for row in (zero, none)] == [
        (0, ""),
        (None, "收费系统停用"),
    ]
    for change in ({"value_int": None}, {"value_int": -1}):
        with (
            pytest.raises(IntegrityError, match="return_missing_is_not_zero"),
            transaction.atomic(),
        ):
            Return.objects.filter(pk=zero.pk).update(**change)
    with pytest.raises(ValidationError):
        file(cast, -1)
    assert Return.objects.count() == 2


def test_the_latest_accepted_revision_counts(cast: Cast) -> None:
    """不变量五：更正是新的一稿；已接收的最高一稿计数，未接收、已退回的不计。"""
    first = file(cast, 10)
    assert amounts(cast) == []
    accept_return(first, by=cast.li)
    second = file(cast, 11)
    assert amounts(cast) == [("T00000003", "licence", 1, 10)]
    accept_return(second, by=cast.li)
    third = file(cast, 99)
    send_back_return(third, reason="与台账不符", by=cast.li)
    assert amounts(cast) == [("T00000003", "licence", 2, 11)]
    assert [row.revision for row in (first, second, third)] == [1, 2, 3]
    other = file(cast, 5, agency=cast.lakes)
    accept_return(other, by=cast.li)
    assert amounts(cast) == [("T00000003", "licence", 2, 11), ("T00000004", "licence", 1, 5)]


def test_a_revision_without_a_figure_takes_the_figure_back(cast: Cast) -> None:
    """不变量十：后一稿说明没有数据并被接收后，前一稿的数不再顶替。"""
    accept_return(file(cast, 10), by=cast.li)
    accept_return(file(cast, None, why="台账作废重建"), by=cast.li)
    assert amounts(cast) == [("T00000003", "licence", 2, None)]
    assert owed(cast, cast.grain)[0] == (cast.grain, Item.LICENCE, "已报送但无数据：台账作废重建")


def test_what_is_owed_is_told_whole(cast: Cast) -> None:
    """不变量十：缺哪个单位的哪一项、卡在哪一步，逐一列出；报零的不缺。"""
    accept_return(file(cast, 0), by=cast.li)
    file(cast, 3, item=Item.PENALTY)
    send_back_return(file(cast, 4, item=Item.COERCION), reason="与台账不符", by=cast.li)
    accept_return(file(cast, None, item=Item.FEE, why="收费系统停用"), by=cast.li)
    assert owed(cast, cast.grain, cast.lakes) == [
        (cast.grain, Item.PENALTY, "已报送，待接收"),
        (cast.grain, Item.COERCION, "已退回：与台账不符"),
        (cast.grain, Item.FEE, "已报送但无数据：收费系统停用"),
        *((cast.lakes, item, "尚未报送") for item in Item),
    ]


def test_sending_back_says_why(cast: Cast) -> None:
    """退回须写理由，填报单位才知道改什么；空白不算，状态不动。"""
    row = file(cast, 12)
    for empty in ("", "  "):
        with pytest.raises(ReturnRefused) as refused:
            send_back_return(row, reason=empty, by=cast.li)
        assert str(refused.value) == "退回必须写明理由，否则填报单位不知道要改什么。"
    assert judgement(row) == (State.FILED, None, "")
    send_back_return(row, reason="与台账不符", by=cast.li)
    assert judgement(row) == (State.SENT_BACK, cast.li, "与台账不符")


def test_the_second_of_two_judges_is_told(cast: Cast) -> None:
    """两位审核人先后处理同一报送：后到者被告知，先到者的结论不变，不多记事件。"""
    row = file(cast, 12)
    stale = Return.objects.get(pk=row.pk)
    accept_return(row, by=cast.li)
    before = Event.objects.count()
    with pytest.raises(ReturnRefused) as refused:
        send_back_return(stale, reason="与台账不符", by=cast.zhao)
    assert str(refused.value) == "这份报送已由他人处理，请刷新后查看结果。"
    assert (judgement(row), Event.objects.count()) == ((State.ACCEPTED, cast.li, ""), before)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value_int", 13),
        ("source", "口头"),
        ("absent_reason", "x"),
        ("period", 2023),
        ("revision", 2),
    ],
)
def test_a_changed_return_is_found(column: str, value: object, cast: Cast) -> None:
    """不变量八：填报人所签的任一项被改，核对指出是哪一份。"""
    row, _ = file(cast, 12), file(cast, 1, item=Item.FEE)
    assert list(altered_returns()) == []
    Return.objects.filter(pk=row.pk).update(**{column: value})
    assert list(altered_returns()) == [row]


def test_the_action_itself_asks_for_the_role(cast: Cast) -> None:
    """报送只由本单位的报送人，接收、退回只由本单位的审核人：动作自己拒绝，写明是谁的事。"""
    end = "办理（谁办理谁负责），您今天不担任这一角色。如确由您负责，请本单位负责人或县政务公开办先登记您的任职。"
    row = file(cast, 12)
    before = Event.objects.count()
    for stranger in (cast.sun, cast.li):
        with pytest.raises(RoleRefused) as refused:
            file_return(
                cast.grain, period=PERIOD, item=Item.FEE, value=0, source="账册", by=stranger
            )
        assert str(refused.value) == f"报送数据由本单位的“报送”{end}"
    said = "接收或退回报送的数据由本单位的“报送审核”"
    for judge in (cast.sun, cast.wang):
        with pytest.raises(RoleRefused) as refused:
            accept_return(row, by=judge)
        assert str(refused.value) == f"{said}{end}"
        with pytest.raises(RoleRefused) as refused:
            send_back_return(row, reason="与台账不符", by=judge)
        assert str(refused.value) == f"{said}{end}"
    assert (judgement(row), Event.objects.count()) == ((State.FILED, None, ""), before)


def test_a_past_figure_comes_in_under_an_order(cast: Cast) -> None:
    """补录：按某人的命令整册录入的旧数，不要求当年的经办人今天还有角色；自收自退仍被拒绝。"""
    order = Order(cast.li, "旧台账.xlsx")
    row = file_return(
        cast.grain,
        period=2019,
        item=Item.FEE,
        value=0,
        source="补录",
        order=order,
        by=cast.wang,
    )
    with pytest.raises(ReturnRefused):
        accept_return(row, order=order, by=cast.wang)
    accept_return(row, order=order, by=cast.sun)
    assert judgement(row) == (State.ACCEPTED, cast.sun, "")
