"""Who is told of an event in its own transaction: how an agency's new name reaches the pages that show it.

A room above subscribes when it starts. This is a list one can read, not a signal: nobody is called whom no
``subscribe`` names, and whoever raises undoes the change the event tells of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class Told:
    """An event as it is about to be recorded."""

    kind: str
    stream: str
    subject: str
    payload: Mapping[str, Plain]


Subscriber = Callable[[Told], None]

_subscribers: dict[str, list[Subscriber]] = {}


def subscribe(family: str, subscriber: Subscriber) -> None:
    """Have *subscriber* told of every event whose kind begins with *family* and a dot."""
    _subscribers.setdefault(family, []).append(subscriber)


def tell(told: Told) -> None:
    """Tell the subscribers of the event's family, in the order in which they subscribed."""
    for subscriber in _subscribers.get(told.kind.partition(".")[0], ()):
        subscriber(told)


def families() -> list[str]:
    """Return the families of events somebody is told of."""
    return sorted(_subscribers)
