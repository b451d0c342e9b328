"""Entering requests into the index of what they ask for, in the transaction that registers them; taking them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from gongkai.audit import clock
from gongkai.foi.issuing.addressee import contents_of
from gongkai.foi.models import Case, CaseKind
from gongkai.foi.resembling.likeness import VERSION, shingles
from gongkai.foi.resembling.models import Fingerprint, FingerprintBand, Likeness
from gongkai.foi.resembling.queries import before, nearest
from gongkai.foi.resembling.tokens import tokens_of
from gongkai.vault.ring import ring

_BATCH = 2_000


@transaction.atomic
def mark(case: Case) -> list[Likeness]:
    """Enter what *case* asks for and return the earlier requests it may repeat, kept for a person to judge.

    An answer given again asks for nothing of its own; without words nothing is entered.
    """
    if case.kind == CaseKind.REDO:
        return []
    enter([case])
    return find_alike(case)


@transaction.atomic
def enter(cases: Sequence[Case]) -> int:
    """Enter what *cases* ask for, anew where they are there already; return how many have words."""
    words = contents_of([case.pk for case in cases])
    _take_out([case.pk for case in cases])
    known = [case for case in cases if case.pk in words]
    key_id = ring().current.id
    Fingerprint.objects.bulk_create(
        [Fingerprint(case=case, version=VERSION, key_id=key_id) for case in known]
    )
    bands = [
        FingerprintBand(fingerprint_id=case.pk, token=token)
        for case in known
        for token in tokens_of(case.agency, shingles(words[case.pk]))
    ]
    FingerprintBand.objects.bulk_create(bands, batch_size=_BATCH)
    return len(known)


@transaction.atomic
def find_alike(case: Case) -> list[Likeness]:
    """Look for earlier requests to the same organ that *case* may repeat, and keep which they are."""
    today = clock.today()
    found = [
        Likeness(
            case=case,
            earlier_id=one.case_id,
            percent=round(one.resemblance * 100),
            found_on=today,
        )
        for one in nearest(case, among=before(case).filter(agency=case.agency))
    ]
    return Likeness.objects.bulk_create(found, ignore_conflicts=True) if found else []


def forget(cases: Collection[int]) -> None:
    """Take *cases* out of the index: what they asked for is no longer here, or nobody may look for it."""
    _take_out(cases)


def _take_out(cases: Collection[int]) -> None:
    FingerprintBand.objects.filter(fingerprint__in=cases).delete()
    Fingerprint.objects.filter(case__in=cases).delete()
