"""Every page of the site one can open with a GET, by name: found in the list of addresses, not typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai.audit import clock
from gongkai.people.audience import Audience, audience_of
from tests.rooms.portal.scene import PASSWORD, YEAR, Scene

_FOUND, _HTML = 200, "text/html"


@dataclass(frozen=True)
class Place:
    """An address and who may open it."""

    name: str
    address: str
    audience: Audience


def pages(scene: Scene, login: str) -> list[Place]:
    """Return every page that answers *login* with HTML, and a page that does not exist."""
    client = Client()
    assert client.login(username=login, password=PASSWORD)
    found = [place for place in _places(scene) if _is_page(client, place.address)]
    return [*found, Place("not-found", "/no-such-page/", Audience.PUBLIC)]


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == _FOUND and answer["Content-Type"].startswith(_HTML)


def _places(scene: Scene) -> Iterator[Place]:
    values: dict[str, object] = {
        "code": scene.report.agency.code,
        "year": YEAR,
        "key": "t3.new.tot",
        "url_key": scene.extended.url_key,
        "day": clock.today(),
        "name": "standard",
        "item": "licence",
        "n": 1,
        "uid": UUID(int=7),
    }
    for pattern in _patterns(get_resolver()):
        wanted = pattern.pattern.converters
        unknown = sorted(set(wanted) - set(values))
        assert not unknown, f"{pattern.name}：请在 walk.py 里给 {unknown} 一个值"
        address = reverse(str(pattern.name), kwargs={name: values[name] for name in wanted})
        audience = audience_of(pattern.callback)
        assert audience is not None, pattern.name
        yield Place(str(pattern.name), address, audience)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry
