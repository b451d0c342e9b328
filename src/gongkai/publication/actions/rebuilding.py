"""Writing every page anew when the frame of all has changed: in the background, behind what is published meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from gongkai.audit import clock
from gongkai.audit.identity import new_uid
from gongkai.publication.models import PageJob, Rebuild
from gongkai.publication.pages import chrome
from gongkai.publication.pages.kinds import PageKind

BEHIND = 9
"""The turn of a page that only its frame makes due: after whatever a publication changes."""
_BATCH = 500
_PART = 2_000


def ask_for_the_frame(told: Callable[[int, int], None]) -> int:
    """Make due every page that bears the frame, if the frame is another than last time; return how many.

    The most read come first: rows of one turn are written in the order in which they were asked for. They are asked
    for in parts, so that nobody waits long to write; *told* may raise between two, and all are asked for again then.
    """
    present = chrome.fingerprint()
    last = Rebuild.objects.order_by("-pk").first()
    if not present or (last and last.fingerprint == present):
        return 0
    pages = list(dict.fromkeys(chrome.framed()))
    for start in range(0, len(pages), _PART):
        told(start, len(pages))
        _ask_behind(pages[start : start + _PART])
    _note(present, len(pages))
    return len(pages)


@transaction.atomic
def _note(fingerprint: str, pages: int) -> None:
    Rebuild(fingerprint=fingerprint, pages=pages, at=clock.now()).save(force_insert=True)


@transaction.atomic
def _ask_behind(pages: Iterable[tuple[PageKind, str]]) -> None:
    """Ask for *pages*. One that is due already keeps its turn, and is begun again."""
    present = clock.now()
    PageJob.objects.bulk_create(
        [
            PageJob(kind=kind.name, key=key, turn=BEHIND, token=new_uid(), asked_at=present)
            for kind, key in pages
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["token", "asked_at", "tries", "fault"],
    )
