"""One form, one step: whatever is clicked twice, sent again by a browser, or open in two windows."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction

from gongkai.audit import clock
from gongkai.foi.handling.models import TakenForm
from gongkai.foi.models import Case
from gongkai.people.models import Person


def take_once(
    case: Case, form_key: str, act: Callable[[], object], *, step: str, by: Person
) -> bool:
    """Do *act* in one transaction with the note that this form was taken; return whether it was done now.

    False: the form was taken before, or in this very moment by its double, and *act* was not done. What
    *act* raises takes the note back, so that a form that was refused may be mended and sent again.
    """
    taken = TakenForm(case=case, form_key=form_key, step=step, at=clock.now(), by_uid=by.uid)
    with transaction.atomic():
        if not _noted(taken):
            return False
        act()
    return True


def _noted(taken: TakenForm) -> bool:
    try:
        with transaction.atomic():
            taken.save(force_insert=True)
    except IntegrityError:  # its key is unique, and waits for whoever holds it
        return False
    return True
