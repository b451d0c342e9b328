"""Making the index anew: after an upgrade, under another key, and for what was not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.foi.models import Case
from gongkai.foi.resembling.actions.marking import enter, find_alike
from gongkai.foi.resembling.queries import unmarked

TITLE = "申请内容指纹"
_BATCH = 200


def renew(say: Callable[[str], None]) -> int:
    """Enter every request that is not in the index under the current key; return how many were entered.

    Each batch is whole, so that another run goes on where a killed one was.
    """
    waiting, done = unmarked().count(), 0
    for batch in _batches():
        done += enter(batch)
        say(f"{TITLE}：已更新 {done}，共 {waiting}")
    return done


def renew_and_find(step: Callable[[int, int], None]) -> tuple[int, int]:
    """Enter what is not in the index, then look for what the open ones of those may repeat.

    Returns how many were entered and how many likenesses were found. *step* is told how far it is.
    """
    waiting = unmarked()
    total, entered, found, opened = waiting.count(), 0, 0, list[Case]()
    for batch in _batches():
        step(entered, total)
        entered += enter(batch)
        opened += [case for case in batch if case.decided_on is None]
    for case in opened:
        step(entered, total)
        found += len(find_alike(case))
    return entered, found


def _batches() -> Iterator[Sequence[Case]]:
    """Yield what waits, in the order of its keys: what cannot be opened is passed over once."""
    after = 0
    while batch := list(unmarked().filter(pk__gt=after)[:_BATCH]):
        yield batch
        after = batch[-1].pk
