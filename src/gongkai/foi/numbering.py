"""Which numbers requests bear, for the series they come from."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from gongkai.foi.actions import NUMBER_SERIES
from gongkai.foi.models import Case
from gongkai.rulebook.numbers import Kind, register


def existing(uids: Collection[UUID]) -> set[UUID]:
    """Return which of *uids* are requests."""
    return set(Case.objects.filter(uid__in=uids).values_list("uid", flat=True))


register(NUMBER_SERIES, Kind("申请受理编号", existing))
