"""An agency is its code; what it is called is a dated fact."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import rename_agency
from gongkai.agencies.models import AgencyName, Succession
from gongkai.agencies.queries import county, name_of, names_on, rolled_up
from gongkai.audit.models import Event
from tests.rooms.cast import SINCE, Cast

REFORM = date(2024, 3, 18)


def rename(cast: Cast) -> AgencyName:
    return rename_agency(
        cast.grain, name="示例县粮储局", short="县粮储局", mark="示储", since=REFORM, by=cast.li
    )


def test_a_new_name_leaves_the_old_one_in_its_days(cast: Cast) -> None:
    """不变量十一：改名只记启用日期；改名前一日仍是旧名，旧名不改。"""
    rename(cast)
    assert [name_of(cast.grain, day).name for day in (SINCE, date(2024, 3, 17), REFORM)] == [
        "示例县粮食局",
        "示例县粮食局",
        "示例县粮储局",
    ]
    assert list(AgencyName.objects.filter(agency=cast.grain).order_by("since").values_list()) == [
        (n.pk, n.uid, cast.grain.pk, n.name, n.short, n.mark, n.since)
        for n in (name_of(cast.grain, SINCE), name_of(cast.grain, REFORM))
    ]


def test_names_of_all_agencies_on_a_day(cast: Cast) -> None:
    """不变量十一：某日的全部机关名称一次取出。"""
    rename(cast)
    before = {
        cast.county.pk: "示例县人民政府",
        cast.office.pk: "示例县人民政府办公室",
        cast.grain.pk: "示例县粮食局",
        cast.lakes.pk: "示例县湖泊局",
    }
    assert {pk: n.name for pk, n in names_on(date(2024, 3, 17)).items()} == before
    after = before | {cast.grain.pk: "示例县粮储局"}
    assert {pk: n.name for pk, n in names_on(REFORM).items()} == after
    assert {pk: n.name for pk, n in names_on(REFORM, [cast.grain]).items()} == {
        cast.grain.pk: "示例县粮储局"
    }


def test_no_name_before_the_first(cast: Cast) -> None:
    """不变量十一：机关设立之前没有名称，不猜。"""
    assert names_on(date(2019, 5, 14)) == {}
    with pytest.raises(AgencyName.DoesNotExist):
        name_of(cast.grain, date(2019, 5, 14))


def test_two_names_on_one_day_are_refused_and_nothing_is_written(cast: Cast) -> None:
    """不变量十一：同一机关同一日只能启用一个名称；被拒的登记不留事件。"""
    rename(cast)
    before = (AgencyName.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError):
        rename(cast)
    assert (AgencyName.objects.count(), Event.objects.count()) == before


def test_renaming_is_on_the_agency_s_own_stream(cast: Cast) -> None:
    """不变量八：改名记入本机关的流，内容逐字。"""
    rename(cast)
    last = Event.objects.filter(stream=cast.grain.code).latest("seq")
    assert (last.kind, last.subject, last.payload_text) == (
        "agency.renamed",
        f"agency:{cast.grain.uid}",
        '{"name":"示例县粮储局","since":"2024-03-18"}',
    )


def test_county_and_the_agencies_it_reports_for(cast: Cast) -> None:
    """条例第五十条：县政府只有一个；计入县级年报的机关按代码排列。"""
    assert county() == cast.county
    assert list(rolled_up()) == [cast.county, cast.office, cast.grain, cast.lakes]


def test_a_function_does_not_pass_from_an_agency_to_itself(cast: Cast) -> None:
    """机构改革的职能承接在两个机关之间，数据库拒绝自己承接自己。"""
    Succession.objects.create(source=cast.grain, target=cast.lakes, on=REFORM, scope="水产")
    with pytest.raises(IntegrityError, match="succession_between_two"), transaction.atomic():
        Succession.objects.create(source=cast.grain, target=cast.grain, on=REFORM, scope="水产")
    assert Succession.objects.count() == 1
