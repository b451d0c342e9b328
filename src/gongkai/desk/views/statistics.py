"""The page of statistics about requests: tables of one pass over them, each drawn."""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.foi.statistics.asking import asked
from gongkai.foi.statistics.courses import courses
from gongkai.foi.statistics.models import SuggestionTally
from gongkai.foi.statistics.rules import may_release
from gongkai.foi.statistics.tables import Tables, tables
from gongkai.foi.statistics.views import chosen
from gongkai.people.audience import staff
from gongkai.portal.charts.bars import bar_chart, ranking
from gongkai.portal.charts.data import Data, Series
from gongkai.portal.charts.shapes import Drawing
from gongkai.rulebook.queries import rules_on

_CHARTED = 20


@staff
@require_safe
def case_statistics(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    period, rules = asked(standing, request.GET.dict()), rules_on(standing.on)
    short = {key: name.short for key, name in names.items()}
    found = tables(courses(period.keys, period.first, period.last, rules), short)
    offered = SuggestionTally.objects.filter(
        agency__in=period.keys, on__range=(period.first, period.last)
    ).aggregate(shown=Sum("shown"), followed=Sum("followed"))
    context = {
        **chosen(request, period),
        "tables": found,
        "charts": _drawings(found, period.title),
        "offered": offered["shown"] or 0,
        "followed": offered["followed"] or 0,
        "may_release": may_release(standing),
    }
    return render(request, "desk/statistics.html", context)


def _drawings(found: Tables, title: str) -> dict[str, Drawing]:
    units = found.units[:_CHARTED]
    stages = [(label, one) for label, one in found.stages if one.count]
    return {
        "units": ranking(
            "units",
            Data(
                f"{title}各单位收到的申请",
                "件",
                tuple(name for name, _ in units),
                (Series("收到", tuple(one.received for _, one in units)),),
            ),
        ),
        "stages": bar_chart(
            "stages",
            Data(
                f"{title}各环节用的时间",
                "工作日",
                tuple(label for label, _ in stages),
                (
                    Series("中位数", tuple(one.median for _, one in stages)),
                    Series("九成数", tuple(one.p90 for _, one in stages)),
                ),
            ),
        ),
        "outcomes": ranking(
            "outcomes",
            Data(
                f"{title}收到的申请怎样办结",
                "件",
                tuple(row for row, _ in found.outcomes),
                (Series("件数", tuple(count for _, count in found.outcomes)),),
            ),
        ),
        "months": bar_chart(
            "months",
            Data(
                f"{title}各月收到的申请",
                "件",
                tuple(f"{int(month[-2:])} 月" for month, _, _ in found.months),
                (
                    Series("收到", tuple(received for _, received, _ in found.months)),
                    Series("其中已决定", tuple(decided for _, _, decided in found.months)),
                ),
            ),
        ),
    }
