"""How often one address may do something: counted for all workers of the machine, forgotten after an hour.

``Limit("search", per_hour=600).take(address_of(request))`` counts one time and says from when on the next is
possible, or None. :func:`too_often` is the page that tells it.

An address is kept as a keyed hash only, until the first use after its hour has passed.
"""

from __future__ import annotations

import fcntl
import ipaddress
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from gongkai.audit import clock

CACHE = "submissions"
_WINDOW = timedelta(hours=1)
_TIDY_EVERY = timedelta(minutes=1)
_PATIENCE = 2.0  # seconds somebody waits for the one before to finish; most take a fraction of one
_PAUSE = 0.05


@dataclass(frozen=True)
class Limit:
    """So many times an hour, for each who asks; *name* tells one limit's counts from another's."""

    name: str
    per_hour: int

    def take(self, who: str) -> datetime | None:
        """Count one time of *who*; return None, or from when on the next is possible."""
        key = salted_hmac(f"{CACHE}:{self.name}", who).hexdigest()
        cache = caches[CACHE]
        with locked(settings.DATA / "submissions.lock") as held:
            if not held:
                return clock.now() + timedelta(seconds=_PATIENCE)
            now = clock.now()
            _tidy(now)
            count, until = cache.get(key) or (0, now + _WINDOW)
            if until <= now:
                count, until = 0, now + _WINDOW
            if count >= self.per_hour:
                return until
            cache.set(key, (count + 1, until), timeout=(until - now).total_seconds())
        return None


def address_of(request: HttpRequest, proxies: Collection[str] | None = None) -> str:
    """Return who asks: what our own proxy wrote last, or the other end of the connection.

    *proxies* are those of the settings when not given. An IPv6 address stands for its /64, all of
    which one subscriber has.
    """
    trusted = settings.PROXIES if proxies is None else proxies
    asked = str(request.META.get("REMOTE_ADDR") or "")
    if not asked or asked in trusted:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
        asked = forwarded[-1].strip() or asked
    try:
        address = ipaddress.ip_address(asked)
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def seconds_until(moment: datetime) -> int:
    """Return how many whole seconds are left until *moment*, at least one."""
    return max(1, int((moment - clock.now()).total_seconds()) + 1)


def too_often(request: HttpRequest, until: datetime, *, what: str = "请求") -> HttpResponse:
    """Answer 429: *what* was done too often from this address, and from when on it is possible again."""
    moment = until.astimezone(clock.SHANGHAI)
    context = {"what": what, "moment": f"{moment:%H:%M}"}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds_until(until))
    return response


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a lock that every process of this machine sees and that a dead one cannot keep.

    Yields False when it stays taken for two seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        deadline = time.monotonic() + _PATIENCE
        held = _try(file.fileno())
        while not held and time.monotonic() < deadline:
            time.sleep(_PAUSE)
            held = _try(file.fileno())
        yield held


def _tidy(now: datetime) -> None:
    """Remove counts of an earlier hour from the disk, which the cache itself only stops using."""
    place: Any = settings.CACHES[CACHE]
    folder = Path(place["LOCATION"])
    note = settings.DATA / "submissions-tidied.lock"
    if note.exists() and 0 <= now.timestamp() - note.stat().st_mtime < _TIDY_EVERY.total_seconds():
        return
    note.touch()
    for kept in folder.glob("*.djcache"):
        if kept.stat().st_mtime <= (now - _WINDOW).timestamp():
            kept.unlink(missing_ok=True)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
