"""The only way into the log."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models, transaction

from gongkai.audit import clock
from gongkai.audit.chain import GENESIS, link
from gongkai.audit.identity import Actor
from gongkai.audit.models import Event, Head
from gongkai.audit.subscribers import Told, tell
from gongkai.text.canonical import Plain, canonical_bytes


def record(
    kind: str, *, stream: str, subject: str, payload: Mapping[str, Plain], by: Actor
) -> Event:
    """Append one event to *stream* and return it.

    Called inside the transaction of the change it tells of, as its last step: the head row is locked
    from here until commit. *payload* holds plain values and never personal data.

    Raises ``RuntimeError`` outside a transaction: a change and its event are kept together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("审计事件必须与它所记录的改动在同一事务中写入。")
    tell(Told(kind, stream, subject, payload))  # before the head is taken: others wait for it
    # The conditional UPDATE takes the row lock on PostgreSQL and is harmless under SQLite's single
    # writer; select_for_update would silently do nothing there.
    heads = Head.objects.filter(stream=stream)
    if not heads.update(seq=models.F("seq") + 1):
        Head.objects.get_or_create(stream=stream, defaults={"seq": 0, "hash": GENESIS})
        heads.update(seq=models.F("seq") + 1)
    head = heads.get()
    event = Event(
        stream=stream,
        seq=head.seq,
        kind=kind,
        at=clock.now(),
        actor_uid=by.uid,
        actor_name=by.name,
        subject=subject,
        payload_text=canonical_bytes(payload).decode(),
        prev=head.hash,
    )
    event.hash = link(event)
    event.save(force_insert=True)
    heads.update(hash=event.hash)
    return event
