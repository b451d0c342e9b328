"""What an agency or a filler has in hand in this room: returns to judge, and returns owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.people.models import Person
from gongkai.returns.models import Return, State
from gongkai.returns.queries import counted, missing


def _waiting(agency: Agency, on: date) -> Iterable[object]:
    return Return.objects.filter(agency=agency, state=State.FILED).values_list("uid", flat=True)


def _filed_by(person: Person, agency: Agency) -> Iterable[object]:
    own = Return.objects.filter(agency=agency, state=State.FILED, filler=person)
    return own.values_list("uid", flat=True)


def _owed(agency: Agency, on: date) -> Iterable[object]:
    if not agency.rolls_up:
        return []
    present = counted([agency.pk], on.year)
    return [f"{on.year} {item}" for _, item, _ in missing([agency], on.year, present)]


register_estate(
    Estate(
        "returns_waiting",
        "已报送待接收的数据",
        "由承接机关的报送审核人接收或退回，仍计在原机关名下。",
        _waiting,
        _filed_by,
    )
)
register_estate(
    Estate(
        "returns_owed",
        "当年应报而未报的数据",
        "由承接机关的人员以原机关名义报送到撤销前一日；缺报不等于零（参数 returns.owed_when_closed）。",
        _owed,
    )
)
