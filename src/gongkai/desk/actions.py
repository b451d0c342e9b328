"""Keeping an unfinished form. It tells nothing of the county's work, so the log does not know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.audit import clock
from gongkai.desk.models import KeptForm
from gongkai.desk.sealed import PURPOSE
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, canonical_bytes
from gongkai.vault.cipher import conceal

MOST_BYTES = 200_000
MOST_FORMS = 50
KEPT_FOR = timedelta(weeks=4)


class TooMuchToKeep(Exception):
    """Why a form is not kept, in the clerk's words."""


@transaction.atomic
def keep_form(place: str, values: Mapping[str, str], *, by: Person) -> datetime:
    """Keep *values* as what *by* has typed at *place* so far; return when.

    Raises :class:`TooMuchToKeep`. What was kept there before is replaced: the last one typing wins.
    """
    plain: dict[str, Plain] = dict(values)
    body = canonical_bytes(plain)
    if len(body) > MOST_BYTES:
        raise TooMuchToKeep("内容太长，没有自动暂存。请先提交，或者分几次填写。")
    sealed = conceal(body, purpose=PURPOSE, bound=str(by.uid).encode())
    now = clock.now()
    KeptForm.objects.update_or_create(
        person=by,
        place=place,
        defaults={
            "ciphertext": sealed.ciphertext,
            "key_id": sealed.key_id,
            "alg": sealed.alg,
            "kept_at": now,
        },
    )
    _forget_the_oldest(by, now)
    return now


@transaction.atomic
def drop_form(place: str, *, by: Person) -> None:
    """Forget what *by* has typed at *place*: it was handed in, or is not wanted any more."""
    KeptForm.objects.filter(person=by, place=place).delete()


def _forget_the_oldest(person: Person, now: datetime) -> None:
    mine = KeptForm.objects.filter(person=person)
    mine.filter(kept_at__lt=now - KEPT_FOR).delete()
    surplus = mine.order_by("-kept_at").values_list("pk", flat=True)[MOST_FORMS:]
    KeptForm.objects.filter(pk__in=list(surplus)).delete()
