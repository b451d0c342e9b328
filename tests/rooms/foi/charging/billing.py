"""An agency that charges, and an applicant who asks often."""

from __future__ import annotations

from datetime import date

from gongkai.foi.charging.actions.choosing import choose_basis
from gongkai.foi.charging.models import Basis
from gongkai.foi.models import Case
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import RECEIVED, request_of

CHOSEN = date(2024, 1, 1)


def charges(cast: Cast, basis: Basis = Basis.ITEM, since: date = CHOSEN) -> None:
    """Let the county government charge on *basis*."""
    choose_basis(
        cast.county, basis=basis, since=since, source="示政办〔2023〕9号（虚构）", by=cast.zhao
    )


def asks_often(
    cast: Cast, times: int, on: date = RECEIVED, basis: Basis = Basis.ITEM
) -> list[Case]:
    """Register *times* requests of one applicant on one day at an agency that charges on *basis*."""
    charges(cast, basis)
    return [request_of(cast.county, cast.wang, on=on) for _ in range(times)]
