"""Every form a page shows: found by opening the pages as people do, not from a list of ours."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse

from tests.rooms.walk.samples import Arguments, Known, Listing, Owned, Sample
from tests.rooms.walk.walking import read_to_its_end
from tests.rooms.walk.world import World

html: Any = importlib.import_module("lxml.html")
TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Form:
    """A form somebody sees: where it is sent, by whom, its fields with what they hold."""

    name: str
    address: str
    client: Client
    fields: Mapping[str, str]


def addresses(samples: Mapping[str, Sample], world: World) -> Iterator[str]:
    """Yield the addresses of our own things and of what is everybody's."""
    for name, sample in samples.items():
        for arguments in arguments_of(sample, world):
            yield reverse(name, kwargs=dict(arguments))


def arguments_of(sample: Sample, world: World) -> Iterator[Arguments]:
    """Yield what an address needs to open one of our own things."""
    if isinstance(sample, Owned | Known):
        yield sample.arguments(world.ours)
    elif isinstance(sample, Listing):
        yield {}
    else:
        yield sample.arguments


def forms(pages: Iterable[str], clients: Iterable[Client]) -> list[Form]:
    """Return each form once: the first of *clients* who sees it will send it."""
    found: dict[str, Form] = {}
    for client in clients:
        for page in pages:
            answer = client.get(page)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                for form in _in_page(page, answer, client):
                    found.setdefault(form.name, form)
            read_to_its_end(answer)
    return list(found.values())


def _in_page(page: str, answer: HttpResponseBase, client: Client) -> Iterator[Form]:
    body = answer.content  # type: ignore[attr-defined]  # html answers are whole
    for form in html.fromstring(body.decode()).forms:
        if str(form.method).upper() != "POST":
            continue
        address = urlsplit(urljoin(f"http://x{page}", form.action or "")).path
        fields = {str(key): str(value or "") for key, value in form.fields.items() if key != TOKEN}
        yield Form(str(resolve(address).url_name), address, client, fields)
