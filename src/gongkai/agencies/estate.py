"""What an agency has in hand in this room: the roles held in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency, Membership


def _held(agency: Agency, on: date) -> Iterable[object]:
    still = Q(ended=None) | Q(ended__gt=on)
    return Membership.objects.filter(still, agency=agency).values_list("uid", flat=True)


register_estate(
    Estate(
        "memberships",
        "在任的角色",
        "到该日前一天为止；要在承接机关继续工作的，请另行任命。",
        _held,
        needs_heir=False,
    )
)
