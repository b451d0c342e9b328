"""What visitors looked for in vain: the county's list of what it should publish or call by another name."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, models, transaction

from gongkai.search.models import MissedQuery
from gongkai.search.query import MOST_CHARACTERS
from gongkai.text.folding import fold
from gongkai.text.personal_data import with_masks

MOST_A_DAY = 2_000
"""Different queries kept of one day: a machine that tries words must not fill the disk."""


@transaction.atomic
def note_missed(typed: str, *, on: date) -> None:
    """Count a query of *on* that found nothing.

    Identity, telephone and card numbers are masked before anything is stored; a name is not known to be
    one. Nothing tells who asked. No event: visitors are nobody's acts.
    """
    folded = fold(with_masks(fold(typed)))[:MOST_CHARACTERS]
    if not folded or _counted(folded, on):
        return
    if MissedQuery.objects.filter(day=on).count() >= MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            MissedQuery.objects.create(folded=folded, day=on, count=1)
    except IntegrityError:  # somebody else came first
        _counted(folded, on)


def _counted(folded: str, on: date) -> int:
    mine = MissedQuery.objects.filter(day=on, folded=folded)
    return mine.update(count=models.F("count") + 1)
