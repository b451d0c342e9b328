"""The stock of normative documents on a day, and what entered and left it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import QuerySet

from gongkai.policies.models import Category, Policy, Relation


def made_between(
    category: Category, agency_ids: Sequence[int], first: date, last: date
) -> QuerySet[Policy]:
    """Return documents of *category* written (成文) from *first* to *last*, both days included."""
    return _of(category, agency_ids).filter(written_on__gte=first, written_on__lte=last)


def numbers_of(documents: Collection[int]) -> dict[int, str]:
    """Return the 文号 of those *documents* (primary keys) that are policies."""
    found = Policy.objects.filter(document__in=documents)
    return dict(found.values_list("document", "number"))


def exits_between(
    category: Category, agency_ids: Sequence[int], first: date, last: date
) -> QuerySet[Relation]:
    """Return the exits that take effect from *first* to *last*: 废止、宣布失效 and 期满失效 alike.

    An exit decided this year and effective next year counts next year.
    """
    return Relation.objects.filter(
        target__category=category,
        target__document__agency__in=agency_ids,
        terminal_key__isnull=False,
        effective_on__gte=first,
        effective_on__lte=last,
    )


def in_stock(category: Category, agency_ids: Sequence[int], on: date) -> QuerySet[Policy]:
    """Return documents issued and not exited at the end of *on*, also those not yet in force."""
    gone = Relation.objects.filter(terminal_key__isnull=False, effective_on__lte=on).values(
        "target"
    )
    return _of(category, agency_ids).filter(written_on__lte=on).exclude(pk__in=gone)


def in_force(agency_ids: Sequence[int], on: date) -> QuerySet[Policy]:
    """Return normative documents that bind people on *on*."""
    return in_stock(Category.NORM, agency_ids, on).filter(in_force_on__lte=on)


def expiring_unrecorded(on: date) -> QuerySet[Policy]:
    """Return documents whose term has run out by *on* without an exit on record."""
    return Policy.objects.filter(expires_on__lt=on).exclude(acted_on__terminal_key__isnull=False)


def _of(category: Category, agency_ids: Sequence[int]) -> QuerySet[Policy]:
    return Policy.objects.filter(category=category, document__agency__in=agency_ids)
