"""Reading one's own messages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, QuerySet, When

from gongkai.inbox.models import MailState, Notification, Preference, Wish
from gongkai.people.models import Person


def inbox_of(person: Person) -> QuerySet[Notification]:
    """Return the messages of *person*: unread first, then the latest first."""
    rows = Notification.objects.filter(person=person).select_related("agency")
    return rows.order_by(Case(When(read_at=None, then=0), default=1), "-created_at", "-pk")


def unread_of(person_id: int) -> int:
    """Return how many messages a person has not read."""
    return Notification.objects.filter(person=person_id, read_at=None).count()


def wish_of(person: Person) -> Wish:
    """Return how *person* wants mail."""
    kept = Preference.objects.filter(person=person).values_list("mail", flat=True).first()
    return Wish(kept) if kept else Wish.AT_ONCE


def waiting_for_digest() -> QuerySet[Notification]:
    """Return what the next daily mails will hold: not read in the meantime."""
    return Notification.objects.filter(mail_state=MailState.DIGEST, read_at=None)


def unsent_since(instant: datetime) -> int:
    """Return how many messages of this time could not be mailed."""
    return Notification.objects.filter(mail_state=MailState.FAILED, created_at__gte=instant).count()


def was_told(kind: str, since: datetime) -> bool:
    """Whether anybody has been told of *kind* since then."""
    return Notification.objects.filter(kind=kind, created_at__gte=since).exists()
