"""Telling people, and what they do with what they are told."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.inbox.guard import refuse_personal_data
from gongkai.inbox.models import MailState, Notification, Preference, Wish
from gongkai.jobs.actions import start
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

STREAM = "inbox"
MAIL_ONE, MAIL_DIGEST = "inbox.mail", "inbox.digest"
_STATE_OF = {
    Wish.AT_ONCE: MailState.QUEUED,
    Wish.DAILY: MailState.DIGEST,
    Wish.NEVER: MailState.NONE,
}


@transaction.atomic
def notify(
    persons: Iterable[Person],
    *,
    kind: str,
    title: str,
    body: str = "",
    address: str,
    agency: Agency | None = None,
    by: Actor,
) -> list[Notification]:
    """Tell each of *persons* once, in the caller's transaction; mail follows when it is committed.

    *title* becomes the subject of a mail: it names the kind of matter and nobody. *body* holds the
    agency, the number and the due day, never an applicant. *address* is a path of this site.

    Raises ``PersonalDataRefused`` for text that looks like somebody's number, ``ValueError`` for an
    address that leads elsewhere.
    """
    refuse_personal_data(title, body)
    if not address.startswith("/") or address.startswith("//"):
        raise ValueError(address)
    told = list({person.pk: person for person in persons}.values())
    wishes = dict(Preference.objects.filter(person__in=told).values_list("person", "mail"))
    rows = [
        Notification(
            person=person,
            kind=kind,
            title=title,
            body=body,
            address=address,
            agency=agency,
            created_at=clock.now(),
            mail_state=_mail_state(person, Wish(wishes.get(person.pk, Wish.AT_ONCE))),
        )
        for person in told
    ]
    for row in rows:
        row.full_clean()
    Notification.objects.bulk_create(rows)
    for row in rows:
        if row.mail_state == MailState.QUEUED:
            start(MAIL_ONE, arguments={"notification": str(row.uid)}, by=CLOCKWORK)
    _record_told(kind, address, rows, agency, by)
    return rows


def tell_asker(job: Job) -> None:
    """Tell whoever asked for *job* that it was not done. Called in the transaction that ends it."""
    if job.asked_by is not None:
        notify(
            [job.asked_by],
            kind="job.failed",
            title="后台工作没有办成",
            body=f"“{job.title}”没有办成，原因和重试都在它的页面上。",
            address=reverse("desk-job", args=[job.uid]),
            agency=job.agency,
            by=CLOCKWORK,
        )


@transaction.atomic
def mark_read(rows: QuerySet[Notification]) -> int:
    """Mark *rows* as read and return how many were not. One's own reading is nobody's business to log."""
    return rows.filter(read_at=None).update(read_at=clock.now())


@transaction.atomic
def wish_for(person: Person, *, mail: Wish, by: Actor) -> Preference:
    """Set how *person* wants mail from now on; what waits for a digest is not mailed twice."""
    kept, _ = Preference.objects.update_or_create(person=person, defaults={"mail": mail})
    kept.full_clean()
    if mail != Wish.DAILY:
        waiting = Notification.objects.filter(person=person, mail_state=MailState.DIGEST)
        waiting.update(mail_state=MailState.NONE)
    payload: dict[str, Plain] = {"person": str(person.uid), "mail": mail.value}
    record("inbox.wish", stream=STREAM, subject=f"person:{person.uid}", payload=payload, by=by)
    return kept


@transaction.atomic
def mark_mailed(rows: QuerySet[Notification]) -> None:
    """Write that *rows* have left this machine."""
    rows.update(mail_state=MailState.SENT, mailed_at=clock.now())


@transaction.atomic
def mark_unsent(rows: QuerySet[Notification]) -> None:
    """Write that the last try to mail *rows* failed; a later success writes over it."""
    rows.filter(mail_state=MailState.QUEUED).update(mail_state=MailState.FAILED)


def _mail_state(person: Person, wish: Wish) -> MailState:
    return _STATE_OF[wish] if settings.MAIL and person.email else MailState.NONE


def _record_told(
    kind: str, address: str, rows: list[Notification], agency: Agency | None, by: Actor
) -> None:
    if rows:
        payload: dict[str, Plain] = {"kind": kind, "persons": len(rows)}
        stream = agency.code if agency else STREAM
        record("inbox.told", stream=stream, subject=address[:120], payload=payload, by=by)
