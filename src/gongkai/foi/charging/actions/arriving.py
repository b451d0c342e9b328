"""A fee notice reached the applicant: the days to pay begin (国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.audit.identity import Actor
from gongkai.foi.charging.models import FeeNotice
from gongkai.foi.handling.actions.taking import log
from gongkai.foi.models import Case


@transaction.atomic
def fee_notice_arrived(case: Case, *, proof: str, on: date, by: Actor) -> bool:
    """Let the days to pay run from *on*; whether they do so only now. Asks no role."""
    waiting = FeeNotice.objects.filter(
        case=case, arrived_on=None, state=FeeNotice.State.OPEN, asked_on__lte=on
    )
    if not waiting.update(arrived_on=on, proof=proof):
        return False
    log(case, "case.fee_notice_arrived", {"on": on.isoformat()}, by)
    return True
