"""Columns of the invented county, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, DateTimeField, Value, When

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.columns.actions.opening import Setup, open_column
from gongkai.columns.freshness import Latest
from gongkai.columns.models import Column
from gongkai.law.platform import Section
from gongkai.law.publishing import LimitKind, TimeLimit
from tests.rooms.cast import Cast

OPENED = date(2024, 1, 2)
BASIS = "《政府信息公开条例》第二十条第七项"
SETUP = Setup(Section.SPECIAL, BASIS, TimeLimit(LimitKind.WORKING_DAY, 20), rhythm_days=30)


def column(
    cast: Cast,
    slug: str,
    *,
    name: str = "",
    owner: Agency | None = None,
    parent: Column | None = None,
    setup: Setup = SETUP,
) -> Column:
    """Open a column of the grain bureau, by the county's openness officer."""
    return open_column(
        slug,
        name=name or f"{slug}栏目",
        owner=owner or cast.grain,
        setup=setup,
        parent=parent,
        opened=OPENED,
        by=cast.li,
    )


def appearing(days: Mapping[str, date]) -> Latest:
    """A room that tells when something last appeared in the columns at the addresses of *days*."""
    told = [When(slug=slug, then=Value(clock.start_of(day))) for slug, day in days.items()]
    return lambda slug: Case(*told, default=None, output_field=DateTimeField())
