"""The walk: every address, every method, every role, with an object of another agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from gongkai.people.audience import Audience, audience_of
from tests.rooms.walk.samples import Arguments, Listing, Owned, Sample
from tests.rooms.walk.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_HIDDEN = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def patterns(entries: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield every address below *entries*."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        else:
            yield entry


def staff_names(entries: Iterable[URLPattern | URLResolver]) -> list[str]:
    """Return the names of the addresses for staff."""
    found = patterns(entries)
    return [str(one.name) for one in found if audience_of(one.callback) is Audience.STAFF]


def without_sample(names: Iterable[str], samples: Mapping[str, Sample]) -> list[str]:
    """Return what was forgotten: addresses without a sample, and samples without an address."""
    return sorted(set(names) ^ set(samples))


def leaks(samples: Mapping[str, Sample], world: World, urlconf: str) -> Iterator[str]:
    """Yield a line for each answer by which somebody of ours learns that a thing of theirs exists."""
    for name, sample in samples.items():
        for role, client in world.insiders.items():
            if isinstance(sample, Owned):
                for method, status in _told(name, sample, client, world, urlconf):
                    yield f"{name} {method} {role.label}: {status}"
            elif isinstance(sample, Listing):
                for mark in shown(name, sample, client, world.theirs.marks, urlconf):
                    yield f"{name} GET {role.label}: {mark}"


def _told(
    name: str, sample: Owned, client: Client, world: World, urlconf: str
) -> Iterator[tuple[str, int]]:
    theirs, missing = sample.arguments(world.theirs), sample.missing
    for method in METHODS:
        status = _ask(client, method, name, theirs, urlconf)
        if status not in _HIDDEN or status != _ask(client, method, name, missing, urlconf):
            yield method, status


def shown(
    name: str, sample: Listing, client: Client, marks: Iterable[str], urlconf: str
) -> list[str]:
    """Return those of *marks* that the page *name* shows at its widest."""
    answer = client.get(f"{reverse(name, urlconf)}?{sample.query}")
    text = answer.content.decode()
    return [mark for mark in marks if mark in text]


def _ask(client: Client, method: str, name: str, arguments: Arguments, urlconf: str) -> int:
    return client.generic(method, reverse(name, urlconf, kwargs=dict(arguments))).status_code
