"""机构改革: what would move is shown first, nothing done under the old agency changes, no total moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from gongkai.agencies.actions import (
    appoint,
    change_parent,
    close_agency,
    rename_agency,
    split_agency,
    succeed,
)
from gongkai.agencies.actions.reorganising import CHANGED, carry_out
from gongkai.agencies.authority import Order
from gongkai.agencies.estates import Estate, estates, in_hand, register_estate
from gongkai.agencies.models import (
    Agency,
    AgencyEnding,
    AgencyName,
    Role,
    Succession,
)
from gongkai.agencies.queries import heirs_on, name_of, standing_on, visible_to
from gongkai.agencies.refusal import AgencyRefused, RoleRefused
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.audit.models import Event
from gongkai.figures import registry
from gongkai.foi.actions import CaseRefused
from gongkai.people.models import Person
from gongkai.reporting.compile import scope_of
from gongkai.returns.actions import accept_return, file_return
from gongkai.returns.figures import owing
from gongkai.returns.models import Item
from tests.rooms.agencies.county import BASIS, REFORM, merge, merging, names_of_roles, station
from tests.rooms.cast import Cast, items, make_cast
from tests.rooms.portal.scene import make_scene, request

EVE = REFORM - timedelta(days=1)


def seen(person: Person, on: date) -> Sequence[Agency]:
    return list(visible_to(standing_on(person, on)).order_by("code"))


def told(cast: Cast, change: Change) -> tuple[str, ...]:
    """Return the obstacles of *change*, which are also what the action refuses with."""
    plan = plan_of(change)
    before = Event.objects.count()
    with pytest.raises(AgencyRefused) as refused:
        carry_out(change, seen=plan.sha256, by=cast.li)
    assert str(refused.value) == "\n".join(plan.obstacles)
    assert (Event.objects.count(), AgencyEnding.objects.count()) == (before, 0)
    return plan.obstacles


def test_every_room_tells_what_an_agency_has_in_hand() -> None:
    """各室登记了撤并时要清点的事项；漏一类，撤并时就会有人找不到自己的事。"""
    assert [estate.name for estate in estates()] == [
        "memberships",
        "number_series",
        "columns",
        "catalogue_items",
        "drafts",
        "withheld",
        "submissions",
        "returns_waiting",
        "returns_owed",
        "intake",
        "cases",
        "disputes",
        "reports",
    ]
    with pytest.raises(ValueError, match="already registered"):
        register_estate(Estate("cases", "", "", lambda agency, on: ()))


def test_the_plan_lists_what_would_move(cast: Cast) -> None:
    """撤并之前先看清单：在任的人、稿件、待接收和应报的数据、申请，各有几件。"""
    request(cast, cast.lakes, 1, date(2024, 5, 6))
    order = Order(cast.li, "试验")
    file_return(
        cast.lakes, period=2024, item=Item.FEE, value=0, source="账册", order=order, by=cast.sun
    )
    items(cast, "不是湖泊局的")
    plan = plan_of(merging(cast))
    assert [(line.agency, line.title, line.count) for line in plan.lines] == [
        (cast.lakes, "在任的角色", 1),
        (cast.lakes, "当年的编号序列", 1),
        (cast.lakes, "已报送待接收的数据", 1),
        (cast.lakes, "当年应报而未报的数据", 4),
        (cast.lakes, "尚未答复的申请", 1),
    ]
    assert plan.obstacles == ()
    assert [(estate.name, n) for estate, n in in_hand(cast.lakes, REFORM)] == [
        ("memberships", 1),
        ("number_series", 1),
        ("returns_waiting", 1),
        ("returns_owed", 4),
        ("cases", 1),
    ]


def test_a_merger_ends_the_agency_and_its_roles_on_the_day(cast: Cast) -> None:
    """不变量十一：自撤销之日起原机关不在、角色失效；旧名称、旧代码一字不改。"""
    names = list(AgencyName.objects.values_list())
    passed = merge(cast)
    assert [(s.source, s.target, s.on, s.scope) for s in passed] == [
        (cast.lakes, cast.grain, REFORM, "全部职能")
    ]
    assert list(AgencyEnding.objects.values_list("agency", "on", "basis")) == [
        (cast.lakes.pk, REFORM, BASIS)
    ]
    assert names_of_roles(cast.sun) == [(cast.lakes.code, Role.INFORMATION_OFFICER, REFORM)]
    assert list(AgencyName.objects.values_list()) == names
    assert name_of(cast.lakes, REFORM).name == "示例县湖泊局"


def test_a_merger_is_on_the_streams_of_both(cast: Cast) -> None:
    """不变量八：撤并记入双方的流，带看过的清单的哈希；结束的任职逐人记录，不写姓名。"""
    plan = plan_of(merging(cast))
    merge(cast, plan=plan)
    rows = Event.objects.filter(kind__in=["agency.reorganised", "membership.ended"]).order_by("pk")
    payload = (
        f'{{"basis":"{BASIS}","heirs":[{{"code":"T00000003","scope":"全部职能"}}],"kind":"merge",'
        f'"on":"2024-07-01","plan":"{plan.sha256}","sources":["T00000004"]}}'
    )
    assert list(rows.values_list("stream", "kind", "payload_text")) == [
        (
            "T00000004",
            "membership.ended",
            f'{{"ended":"2024-07-01","person":"{cast.sun.uid}","role":"information_officer"}}',
        ),
        ("T00000004", "agency.reorganised", payload),
        ("T00000003", "agency.reorganised", payload),
    ]


def test_after_the_day_the_heir_s_people_see_and_handle_the_old_work(cast: Cast) -> None:
    """不变量四：撤销之日起，承接机关的人看得到原机关的工作，角色也及于原机关；前一日还看不到。"""
    merge(cast)
    assert [seen(cast.chen, day) for day in (EVE, REFORM)] == [
        [cast.grain],
        [cast.grain, cast.lakes],
    ]
    assert [seen(cast.sun, day) for day in (EVE, REFORM)] == [[cast.lakes], []]
    role = Role.INFORMATION_OFFICER
    assert [standing_on(cast.chen, day).holds(role, cast.lakes) for day in (EVE, REFORM)] == [
        False,
        True,
    ]
    assert standing_on(cast.chen, REFORM).agencies_as(role) == {cast.grain.pk, cast.lakes.pk}


def test_what_passed_on_passes_on_again(cast: Cast) -> None:
    """不变量四：两次撤并之后，最后的承接机关看得到两代的工作，中间那个机关的人看不到了。"""
    merge(cast)
    third = station(cast)
    later = date(2024, 9, 1)
    appoint(cast.wang, third, role=Role.CASE_OFFICER, since=later, by=cast.li)
    change = Change(ChangeKind.MERGE, (cast.grain,), ((third, "全部"),), later, BASIS)
    carry_out(change, seen=plan_of(change).sha256, by=cast.li)
    assert heirs_on(later) == {
        cast.grain.pk: {cast.lakes.pk},
        third.pk: {cast.grain.pk, cast.lakes.pk},
    }
    assert seen(cast.wang, later) == [cast.office, cast.grain, cast.lakes, third]
    assert seen(cast.chen, later) == []


def test_a_split_is_seen_by_each_heir(cast: Cast) -> None:
    """不变量四：分立后每个承接机关都看得到原机关的工作；没有承接的看不到。"""
    heir, stranger = station(cast, 8), station(cast, 9)
    for person, agency in ((cast.wang, heir), (cast.zhao, stranger)):
        appoint(person, agency, role=Role.CASE_OFFICER, since=REFORM, by=cast.li)
    among = [(cast.grain, "水产"), (heir, "水利")]
    change = Change(ChangeKind.SPLIT, (cast.lakes,), tuple(among), REFORM, BASIS)
    split_agency(cast.lakes, among, on=REFORM, basis=BASIS, seen=plan_of(change).sha256, by=cast.li)
    assert heirs_on(REFORM) == {cast.grain.pk: {cast.lakes.pk}, heir.pk: {cast.lakes.pk}}
    assert cast.lakes.pk in standing_on(cast.wang, REFORM).works_for
    assert cast.lakes.pk not in standing_on(cast.zhao, REFORM).works_for


def test_a_function_that_moves_leaves_past_work_where_it_was(cast: Cast) -> None:
    """不变量四：只划出部分职能、机关保留的，接手方看不到原机关的在办事项。"""
    heirs = ((cast.grain, "水产"),)
    change = Change(ChangeKind.TRANSFER, (cast.lakes,), heirs, REFORM, BASIS)
    plan = plan_of(change)
    assert {line.fate for line in plan.lines} == {"原机关继续存在，已在办的仍由它办完。"}
    succeed(
        cast.lakes,
        cast.grain,
        on=REFORM,
        scope="水产",
        basis=BASIS,
        seen=plan.sha256,
        by=cast.li,
    )
    assert (AgencyEnding.objects.count(), Succession.objects.count()) == (0, 1)
    assert seen(cast.chen, REFORM) == [cast.grain]
    assert seen(cast.sun, REFORM) == [cast.lakes]


def test_a_plan_that_became_another_is_refused(cast: Cast) -> None:
    """看过清单之后又收到一件申请：没看过的不能确认，什么都不写。"""
    plan = plan_of(merging(cast))
    request(cast, cast.lakes, 1, date(2024, 5, 6))
    before = Event.objects.count()
    with pytest.raises(AgencyRefused) as refused:
        merge(cast, plan=plan)
    assert str(refused.value) == CHANGED
    assert (Event.objects.count(), AgencyEnding.objects.count()) == (before, 0)
    merge(cast)
    assert AgencyEnding.objects.count() == 1


def test_one_thing_in_another_s_place_is_another_plan(cast: Cast) -> None:
    """数目相同、内容换了的清单，哈希不同。"""
    first = plan_of(merging(cast))
    cast.sun.memberships.update(ended=REFORM)
    appoint(cast.wang, cast.lakes, role=Role.CASE_OFFICER, since=EVE, by=cast.li)
    second = plan_of(merging(cast))
    assert [line.count for line in first.lines] == [line.count for line in second.lines]
    assert first.sha256 != second.sha256


def test_only_the_county_s_openness_office_reorganises(cast: Cast) -> None:
    """机关撤并由县政府办政务公开办办理：动作自己拒绝，并写明是谁的事。"""
    seen_plan = plan_of(merging(cast)).sha256
    for person in (cast.chen, cast.zhao):
        with pytest.raises(RoleRefused) as refused:
            carry_out(merging(cast), seen=seen_plan, by=person)
        assert str(refused.value) == (
            "机关的合并、分立和撤销由县政府办公室的“政务公开办”办理（谁办理谁负责），您今天不担任这一角色。"
            "如确由您负责，请本单位负责人或县政务公开办先登记您的任职。"
        )
    assert AgencyEnding.objects.count() == 0


def test_an_agency_is_not_merged_into_itself_or_what_is_gone(cast: Cast) -> None:
    """自己承接自己、承接机关已撤销、承接机关还没设立，都说明白。"""
    third = station(cast, 9, since=date(2025, 1, 1))
    every = ((cast.lakes, "一"), (third, "二"), (third, " "))
    assert told(cast, Change(ChangeKind.MERGE, (cast.lakes,), every, REFORM, " ")) == (
        "“示例县湖泊局”不能由自己承接，请另选承接机关。",
        "同一个承接机关写了两次，请合并为一行。",
        "承接机关“示例县第9站”在 2024-07-01 还没有设立，请核对日期。",
        "承接机关“示例县第9站”在 2024-07-01 还没有设立，请核对日期。",
        "没有写明“示例县第9站”承接哪些职能，请补写。",
        "没有写明依据（机构改革方案或批复的文号），请补写。",
    )
    assert told(cast, Change(ChangeKind.MERGE, (), (), REFORM, BASIS)) == (
        "没有选择要调整的机关。",
        "撤销而没有承接机关的，不选承接机关；其他情形至少选一个承接机关。",
    )


def test_a_circle_of_successions_is_refused(cast: Cast) -> None:
    """甲并入乙之后，乙不能再并入甲；甲也不能再撤一次。"""
    merge(cast)
    back = Change(ChangeKind.MERGE, (cast.grain,), ((cast.lakes, "全部"),), REFORM, BASIS)
    assert plan_of(back).obstacles == (
        "承接机关“示例县湖泊局”自 2024-07-01 起已撤销，请改选现有机关。",
    )
    assert plan_of(merging(cast)).obstacles == (
        "“示例县湖泊局”已登记自 2024-07-01 起撤销，不能再次调整。",
    )


def test_the_county_and_its_office_stay(cast: Cast) -> None:
    """条例第三条：县政府和主管部门不能撤并。"""
    heirs = ((cast.grain, "全部"),)
    office = Change(ChangeKind.MERGE, (cast.office,), heirs, REFORM, BASIS)
    assert told(cast, office) == (
        "“示例县人民政府办公室”是县级人民政府或其信息公开主管部门（条例第三条），不能撤并；"
        "名称变化请办理更名。",
    )


def test_the_end_lies_after_everything_on_record(cast: Cast) -> None:
    """不变量十一：撤销日期以后还有名称、任职、下级的，先理清再撤。"""
    rename_agency(
        cast.lakes, name="示例县河湖局", short="河湖局", mark="示河", since=REFORM, by=cast.li
    )
    appoint(cast.wang, cast.lakes, role=Role.CASE_OFFICER, since=REFORM, by=cast.li)
    below = station(cast, 9, parent=cast.lakes)
    assert told(cast, merging(cast)) == (
        "“示例县河湖局”的名称自 2024-07-01 起启用，撤销日期应在其后。",
        "“示例县河湖局”有 1 项任职自撤销之日或以后开始，请先更正这些任职或者改撤销日期。",
        "“示例县河湖局”下面还有：示例县第9站。请先调整它们的隶属。",
    )
    change_parent(below, parent=cast.grain, since=REFORM, by=cast.li)
    merge(cast, REFORM + timedelta(days=1))
    assert AgencyEnding.objects.get().on == REFORM + timedelta(days=1)


def test_nothing_open_is_left_without_anybody(cast: Cast) -> None:
    """撤销而无人承接：还有没办完的事就拒绝；办完了可以撤。"""
    change = Change(ChangeKind.CLOSE, (cast.lakes,), (), REFORM, BASIS)
    assert told(cast, change) == (
        "“示例县湖泊局”还有当年应报而未报的数据，没有承接机关就无人办理；请改选承接机关，或先办完。",
    )
    file_returns_of(cast, cast.lakes)
    seen_plan = plan_of(change).sha256
    ending = close_agency(cast.lakes, on=REFORM, basis=BASIS, seen=seen_plan, by=cast.li)
    assert (ending.on, heirs_on(REFORM)) == (REFORM, {})


def test_nothing_begins_in_an_agency_that_is_no_more(cast: Cast) -> None:
    """撤销之后不能任命、改名；撤销以前已经结束的任职可以补登。"""
    merge(cast)
    said = (
        "这个机关自 2024-07-01 起已撤销，此后的名称、任职和申请都不能再登记在它名下；"
        "请到承接其职能的机关办理。"
    )
    with pytest.raises(ValidationError) as refused:
        appoint(cast.wang, cast.lakes, role=Role.CASE_OFFICER, since=EVE, by=cast.li)
    assert refused.value.messages == [said]
    with pytest.raises(ValidationError) as refused:
        rename_agency(
            cast.lakes, name="示例县湖局", short="湖局", mark="示", since=REFORM, by=cast.li
        )
    assert refused.value.messages == [said]


def test_a_request_goes_to_the_heir_after_the_day(cast: Cast) -> None:
    """撤销之日起收到的申请不能再登记在原机关名下；前一日收到、晚登记的可以，统计归属不错位。"""
    merge(cast)
    with pytest.raises(CaseRefused, match="自 2024-07-01 起已撤销"):
        request(cast, cast.lakes, 1, REFORM)
    late = request(cast, cast.lakes, 2, date(2024, 6, 28))
    assert (late.agency, late.received_on) == (cast.lakes, date(2024, 6, 28))


def test_the_database_keeps_one_ending_with_its_basis(cast: Cast) -> None:
    """一个机关只撤销一次、必须写依据，由数据库保证。"""
    merge(cast)
    for ending in (
        AgencyEnding(agency=cast.lakes, on=REFORM, basis=BASIS),
        AgencyEnding(agency=cast.grain, on=REFORM, basis=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ending.save()
    assert AgencyEnding.objects.count() == 1


def test_a_merger_changes_no_total_of_the_report(db: None) -> None:
    """不变量五：年中撤并前后，县年报每个数字和它背后的记录都相同。"""
    scene = make_scene()
    cast = scene.cast
    scope = scope_of(cast.county, 2024, date(2024, 12, 31))
    before = _whole(scope)
    assert before["t2.licence"] == (20, 4)
    assert before["t3.r1.com"] == (1, 1)
    merge(cast)
    assert _whole(scope_of(cast.county, 2024, date(2024, 12, 31))) == before


def test_a_merger_leaves_a_gap_a_gap(cast: Cast) -> None:
    """不变量十：撤并前没报的数，撤并后仍是缺报，不变成零；次年起不再欠报。"""
    for year in (2023, 2024, 2025):
        for agency in (cast.county, cast.office, cast.grain):
            _file(cast, agency, Item.LICENCE, year)
    before = [_gaps(cast, year) for year in (2023, 2024, 2025)]
    assert before == [({cast.lakes.pk}, None)] * 3
    merge(cast)
    after = [_gaps(cast, year) for year in (2023, 2024, 2025)]
    assert after == [({cast.lakes.pk}, None), ({cast.lakes.pk}, None), (set(), 3)]


@pytest.mark.parametrize("apart", [True, False])
def test_who_reports_for_the_year_of_a_merger_is_a_parameter(apart: bool, cast: Cast) -> None:
    """参数 returns.owed_when_closed：年内撤并的机关单独报到撤销前一日，或由承接机关一并报全年。"""
    merge(cast)
    scope = scope_of(cast.county, 2024, date(2024, 12, 31))
    own = replace(scope.rules.parameter("returns.owed_when_closed"), value=apart)
    owed = owing(replace(scope, rules=scope.rules.with_parameters([own])))
    assert (cast.lakes in owed, cast.grain in owed) == (apart, True)


def _whole(scope: registry.Scope) -> dict[str, tuple[int | None, int]]:
    values = registry.values(scope)
    return {
        key: (value.amount, len(list(registry.uids(scope, key)))) for key, value in values.items()
    }


def _gaps(cast: Cast, year: int) -> tuple[set[int], int | None]:
    value = registry.values(scope_of(cast.county, year, date(year, 12, 31)))["t2.licence"]
    return {gap.agency_id for gap in value.gaps}, value.amount


def _file(cast: Cast, agency: Agency, item: Item, year: int) -> None:
    order = Order(cast.li, "试验")
    filed = file_return(
        agency, period=year, item=item, value=1, source="台账", order=order, by=cast.chen
    )
    accept_return(filed, order=order, by=cast.zhao)


def file_returns_of(cast: Cast, agency: Agency) -> None:
    for item in Item:
        _file(cast, agency, item, 2024)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_one_wins(transactional_db: None) -> None:
    """两位经办同时把甲并入乙、把乙并入甲：只成一件，另一件被告知，链不断。"""
    cast = make_cast()
    appoint(cast.wang, cast.office, role=Role.OPENNESS_OFFICER, since=date(2020, 1, 1), by=cast.li)
    there = merging(cast)
    back = Change(ChangeKind.MERGE, (cast.grain,), ((cast.lakes, "全部"),), REFORM, BASIS)
    plans = [plan_of(there).sha256, plan_of(back).sha256]
    answers = together(
        lambda: carry_out(there, seen=plans[0], by=cast.li),
        lambda: carry_out(back, seen=plans[1], by=cast.wang),
    )
    assert sorted(answers) == ["AgencyRefused", "list"]
    assert (AgencyEnding.objects.count(), Succession.objects.count()) == (1, 1)


def together(*steps: Callable[[], object]) -> list[str]:
    """Take *steps* at the same time; return what each came to, by the name of its type."""
    gate = threading.Barrier(len(steps))
    answers: list[str] = []

    def run(step: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            answers.append(type(step()).__name__)
        except (AgencyRefused, RoleRefused) as refused:
            answers.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
