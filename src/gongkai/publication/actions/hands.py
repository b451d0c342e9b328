"""Who writes pages: this process, or several beside it. No page needs another, and rendering takes the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import django

_ROUND = 4
"""Batches for each process before the queue is looked at again: what is urgent waits for no longer than them."""


@dataclass(frozen=True)
class Hands:
    """*each* runs a function over batches, *batches* of them at a time."""

    batches: int
    each: Callable[..., Any]


ALONE = Hands(1, map)


@contextmanager
def hands(processes: int) -> Iterator[Hands]:
    """Yield what writes with so many *processes*; with one, this one.

    They are begun afresh: a forked one would share the connection to the database. Writing raises
    ``BrokenProcessPool`` when one of them is killed; what it had not shown is still due.
    """
    if processes < 2:
        yield ALONE
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), django.setup) as pool:
        yield Hands(_ROUND * processes, pool.map)
