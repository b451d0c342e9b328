"""The walk: every address, every method, every role, with an object of another agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from gongkai.people.audience import Audience, audience_of
from tests.rooms.walk.samples import Arguments, Closed, Known, Listing, Owned, Sample
from tests.rooms.walk.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SHUT = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
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
    """Yield a line for each answer by which somebody of ours learns what only theirs may know."""
    for name, sample in samples.items():
        for role, client in world.insiders.items():
            for what in _learned(name, sample, client, world, urlconf):
                yield f"{name} {what} ({role.label})"


def _learned(
    name: str, sample: Sample, client: Client, world: World, urlconf: str
) -> Iterator[str]:
    if isinstance(sample, Owned):
        for method, status in _told(name, sample, client, world, urlconf):
            yield f"{method} {status}"
    elif isinstance(sample, Listing):
        yield from shown(name, sample, client, world.theirs.marks, urlconf)
    elif isinstance(sample, Closed):
        yield from _let_in(name, sample.arguments, client, urlconf)
    elif isinstance(sample, Known):
        arguments = sample.arguments(world.theirs)
        if sample.shut:
            yield from _let_in(name, arguments, client, urlconf)
        text = client.get(reverse(name, urlconf, kwargs=dict(arguments))).content.decode()
        yield from (mark for mark in world.theirs.marks if mark in text)


def _let_in(name: str, arguments: Arguments, client: Client, urlconf: str) -> Iterator[str]:
    for method in METHODS:
        status = _ask(client, method, name, arguments, urlconf)
        if status not in _SHUT:
            yield f"{method} {status}"


def _told(
    name: str, sample: Owned, client: Client, world: World, urlconf: str
) -> Iterator[tuple[str, int]]:
    theirs = sample.arguments(world.theirs)
    for method in METHODS:
        status = _ask(client, method, name, theirs, urlconf)
        if status not in _HIDDEN or status != _for_nothing(world, method, name, sample, urlconf):
            yield method, status


def _for_nothing(world: World, method: str, name: str, sample: Owned, urlconf: str) -> int:
    """Return what is answered about a thing that does not exist: asked once, it is nobody's."""
    known = world.answers_about_nothing
    if (name, method) not in known:
        client = next(iter(world.insiders.values()))
        known[name, method] = _ask(client, method, name, sample.missing, urlconf)
    return known[name, method]


def shown(
    name: str, sample: Listing, client: Client, marks: Iterable[str], urlconf: str
) -> list[str]:
    """Return those of *marks* that the page *name* shows at its widest."""
    answer: Any = client.get(f"{reverse(name, urlconf)}?{sample.query}")
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    return [mark for mark in marks if mark in text]


def read_to_its_end(answer: Any) -> None:
    """Let a file that is handed out be closed, as a browser does."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def _ask(client: Client, method: str, name: str, arguments: Arguments, urlconf: str) -> int:
    answer = client.generic(method, reverse(name, urlconf, kwargs=dict(arguments)))
    read_to_its_end(answer)
    return answer.status_code
