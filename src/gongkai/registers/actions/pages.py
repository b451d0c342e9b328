"""Having the public pages of rows written: soon after the transaction, or with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from gongkai.publication.actions.pages import Written, ask_for, drop, prepare_page
from gongkai.publication.actions.publishing import show_once_committed
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.models import PageJob
from gongkai.registers.listings import pages_with
from gongkai.registers.models import Entry
from gongkai.registers.refusal import RegisterRefused


def write_soon(entries: Sequence[Entry]) -> None:
    """Make the pages of *entries* due; the worker writes them when the transaction is committed."""
    ask_for(pages_with(entries))
    transaction.on_commit(begin_writing)


def write_now(entries: Sequence[Entry]) -> None:
    """Have the pages of a few *entries* on the disk, and shown the moment the transaction is committed.

    What must not be public any longer is then gone when the action returns. Raises :class:`RegisterRefused`:
    the disk is full.
    """
    pages = list(pages_with(entries))
    ask_for(pages)
    ready: list[Written] = []
    try:
        for kind, key in pages:
            ready.append(prepare_page(PageJob.objects.get(kind=kind.name, key=key)))
    except OSError as full:
        drop(ready)
        raise RegisterRefused(
            f"公示页写不进磁盘（{full.strerror}），没有办成。请系统管理员腾出空间后再办。"
        ) from full
    show_once_committed(ready)
