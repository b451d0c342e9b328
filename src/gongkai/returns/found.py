"""Units by name or code, at their returns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.queries import names_on, visible_to
from gongkai.agencies.standing import Standing
from gongkai.returns.season import year_in_view
from gongkai.rulebook.queries import rules_on


def search(standing: Standing, text: str) -> Iterator[Found]:
    """Yield the returns pages of units whose present name or code contains *text*."""
    year = year_in_view(rules_on(standing.on))
    units = visible_to(standing).filter(rolls_up=True).order_by("code")
    names = names_on(standing.on)
    wanted = text.casefold()
    matching = [
        (unit, names[unit.pk].name)
        for unit in units
        if wanted in names[unit.pk].name.casefold() or wanted in unit.code.casefold()
    ]
    for unit, name in matching[:MOST]:
        address = reverse("desk-returns-unit", args=[unit.code, year])
        yield Found("单位报送", f"{name} {year} 年报送", address, unit.pk)
