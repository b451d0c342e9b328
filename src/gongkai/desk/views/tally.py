"""What units sent in within a year, and what of it was used: a table and a chart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.people.audience import staff
from gongkai.portal.charts.bars import ranking
from gongkai.portal.charts.data import Data, Series
from gongkai.sharing.queries import tallies

_CHARTED = 20


@staff
@require_safe
def tally(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    asked = request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == 4 and asked >= "1900"
    year = int(asked) if is_year and asked < "9999" else standing.on.year
    rows = [(names[one.agency_id].short, one) for one in tallies(standing, year)]
    used = tuple(one.adopted + one.quoted for _, one in rows[:_CHARTED])
    labels = tuple(name for name, _ in rows[:_CHARTED])
    data = Data(f"{year} 年各单位报送采用", "条", labels, (Series("采用和部分采用", used),))
    context = {
        "year": year,
        "years": range(standing.on.year, standing.on.year - 5, -1),
        "rows": rows,
        "chart": ranking("used", data) if rows else None,
        "months": range(1, 13),
    }
    return render(request, "desk/tally.html", context)
