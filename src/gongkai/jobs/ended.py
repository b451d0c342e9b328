"""Who is told when a job has ended: rooms above subscribe at start-up, and a test lists them."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.jobs.models import Job

Subscriber = Callable[[Job], None]
"""Called in the transaction that ends the job; what it raises undoes the ending."""

_subscribers: list[Subscriber] = []


def subscribe(subscriber: Subscriber) -> None:
    """Have *subscriber* called for every job that failed, whoever asked for it. Twice is once."""
    if subscriber not in _subscribers:
        _subscribers.append(subscriber)


def tell(job: Job) -> None:
    """Tell every subscriber that *job* has failed for good."""
    for subscriber in _subscribers:
        subscriber(job)
