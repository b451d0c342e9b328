"""Which letters bear the numbers of their series."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from gongkai.letters.models import LetterNumber
from gongkai.letters.wording.packaged import all_series
from gongkai.rulebook.numbers import Kind, register


def existing(uids: Collection[UUID]) -> set[UUID]:
    """Return which of *uids* have a numbered letter."""
    return set(
        LetterNumber.objects.filter(subject_uid__in=uids).values_list("subject_uid", flat=True)
    )


for series in all_series():
    register(series.kind, Kind(series.title, existing))
