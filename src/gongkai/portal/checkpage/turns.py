"""Whose turn it is: so many submissions an hour from one address, one at a time on the whole machine.

An address is kept as a keyed hash only, until the first submission after its hour has passed.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

from gongkai.audit import clock

CACHE = "submissions"
_WINDOW = timedelta(hours=1)
_PATIENCE = 2.0  # seconds somebody waits for the one before to finish; most take a fraction of one
_PAUSE = 0.05


def take_turn(address: str, most: int, folder: Path) -> datetime | None:
    """Count one submission; return None, or from when on the next one may be made."""
    key = salted_hmac(CACHE, address).hexdigest()
    cache = caches[CACHE]
    with _locked(folder / "submissions.lock") as held:
        if not held:
            return clock.now() + timedelta(seconds=_PATIENCE)
        now = clock.now()
        _forget(now - _WINDOW)
        count, until = cache.get(key) or (0, now + _WINDOW)
        if until <= now:
            count, until = 0, now + _WINDOW
        if count >= most:
            return until
        cache.set(key, (count + 1, until), timeout=(until - now).total_seconds())
    return None


def _forget(before: datetime) -> None:
    """Remove counts of an earlier window from the disk, which the cache itself only stops using."""
    place: Any = settings.CACHES[CACHE]
    folder = Path(place["LOCATION"])
    for kept in folder.glob("*.djcache"):
        if kept.stat().st_mtime <= before.timestamp():
            kept.unlink(missing_ok=True)


@contextmanager
def only_one(folder: Path) -> Iterator[bool]:
    """Offer the one place at which files are read, or False when it stays taken.

    The rest of the workers stay free for the rest of the site.
    """
    with _locked(folder / "check.lock") as held:
        yield held


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Hold a lock that every process of this machine sees and that a dead one cannot keep."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        deadline = time.monotonic() + _PATIENCE
        held = _try(file.fileno())
        while not held and time.monotonic() < deadline:
            time.sleep(_PAUSE)
            held = _try(file.fileno())
        yield held


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
