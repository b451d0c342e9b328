"""Bringing every sealed value under the current key, in steps of which each is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.project.keys.queries import Closed, lots
from gongkai.text.canonical import Plain
from gongkai.vault import derived
from gongkai.vault.cipher import Unreadable
from gongkai.vault.columns import Column, declared
from gongkai.vault.ring import ring

STREAM = "keys"
_BATCH = 200


class KeysRefused(Exception):
    """Why keys cannot be changed now, and what to do first."""


@dataclass
class Rotated:
    """What a rotation did: how many values it sealed again, and which it could not open."""

    count: int = 0
    closed: list[Closed] = field(default_factory=list)


def rotate(say: Callable[[str], None], *, by: Actor) -> Rotated:
    """Seal every value that lies under another key again under the current one.

    Works in batches, each with its event in one transaction: after a kill, another run goes on
    where this one was, and the log tells exactly what was done. Others may work meanwhile. A value that does
    not open stays as it is and is told. What is derived under a key is made anew after the values. Raises :class:`KeysRefused` when a key is not here.
    """
    absent = [lot for lot in lots() if not lot.key_is_here]
    if absent:
        listed = "；".join(f"{lot.title} {lot.count} 条，密钥编号 {lot.key_id}" for lot in absent)
        raise KeysRefused(
            f"缺少打开现有内容的密钥（{listed}）：请把旧密钥写进 GONGKAI_IDENTITY_KEYS_OLD_FILE "
            "指定的文件后再更换。没有改动任何内容。"
        )
    done = Rotated()
    for column in declared():
        waiting = column.rows().exclude(**{column.key_id: ring().current.id}).count()
        last = 0
        while (step := _rotate_batch(column, last, done, by)) is not None:
            last = step
            say(f"{column.title}：已更换 {done.count}，共 {waiting}")
    for one in derived.declared():
        one.renew(say)
    return done


@transaction.atomic
def _rotate_batch(column: Column, after: int, done: Rotated, by: Actor) -> int | None:
    """Seal the next rows behind primary key *after*; return where the next batch begins."""
    waiting = column.rows().exclude(**{column.key_id: ring().current.id}).filter(pk__gt=after)
    rows = list(waiting[: min(_BATCH, column.at_once)])
    if not rows:
        return None
    moved: Counter[str] = Counter()
    for row in rows:
        try:
            moved[getattr(row, column.key_id)] += _seal_again(column, row)
        except Unreadable as wrong:
            done.closed.append(Closed(column.title, str(row.uid), str(wrong)))
    count = moved.total()
    done.count += count
    if count:
        payload: dict[str, Plain] = {"from": dict(moved), "to": ring().current.id, "count": count}
        subject = f"column:{column.model_label}.{column.ciphertext}"
        record("keys.rotated", stream=STREAM, subject=subject, payload=payload, by=by)
    return int(rows[-1].pk)


def _seal_again(column: Column, row: Any) -> int:
    """Write *row* under the current key, unless somebody changed it meanwhile; return 1 or 0."""
    unchanged = {
        column.key_id: getattr(row, column.key_id),
        column.ciphertext: bytes(getattr(row, column.ciphertext)),
    }
    mine = column.model._default_manager.filter(pk=row.pk, **unchanged)
    return mine.update(**column.seal_again(row))
