"""What an agency has in hand in this room: the number series of the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.rulebook.models import NumberSeries


def _series(agency: Agency, on: date) -> Iterable[object]:
    running = NumberSeries.objects.filter(agency=agency, year=on.year)
    return running.values_list("uid", flat=True)


register_estate(
    Estate(
        "number_series",
        "当年的编号序列",
        "停在最后一号，已编的号不变；承接机关用自己的序列。",
        _series,
        needs_heir=False,
    )
)
