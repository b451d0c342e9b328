"""Every page of the site one can open with a GET, by name: found in the list of addresses, not typed.

What a staff address opens is written in ``tests/rooms/walk/samples``; whose eyes see it is tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from gongkai.agencies.models import Membership, Role
from gongkai.audit import clock
from gongkai.columns.actions.entering import enter_catalogue
from gongkai.people.actions.administrators import begin_administration
from gongkai.people.audience import Audience, audience_of
from gongkai.people.models import Person, Session
from gongkai.people.seats import Seat
from gongkai.publication.actions import withdraw
from gongkai.registers.models import Register
from gongkai.rulebook.actions import propose_notice, propose_parameter
from gongkai.rulebook.models import NumberSeries
from tests.rooms.columns.making import column
from tests.rooms.columns.test_catalogue import ENTRY
from tests.rooms.letters.wording import propose_again
from tests.rooms.portal.scene import YEAR, Scene
from tests.rooms.publication.approving import publish
from tests.rooms.registers.tables import LICENCE, PENALTY, confirm
from tests.rooms.rulebook.entering import notice
from tests.rooms.walk.samples import SAMPLES, Arguments, Known, Listing, Owned
from tests.rooms.walk.walking import patterns
from tests.rooms.walk.world import World, make_world, signed_in


@dataclass(frozen=True)
class Place:
    """An address, and the session cookie of somebody who may open it; none where all may."""

    name: str
    address: str
    session: str = ""


@dataclass(frozen=True)
class _Walk:
    """What the addresses open, and who tries: *clients* from the most to the least entitled."""

    scene: Scene
    world: World
    named: Mapping[str, Arguments]
    clients: tuple[Client, ...]


def public_pages(scene: Scene) -> list[Place]:
    """Return every page anybody may open, and the ones whose looks differ by what is in them."""
    report = scene.address
    more: tuple[str, ...] = (
        f"{report}cell/t2.fee/",
        f"{report}cell/t3.r3_1.com/",
        f"{report}clock/{scene.late.url_key}/",
        f"{report}clock/{scene.waiting.url_key}/",
        "/rules/art41.counted/",
        f"/rules/calendar/{clock.today().year + 1}/",
        "/c/grain-reserve/",
    )
    values: dict[str, Any] = {
        "code": scene.report.agency.code,
        "year": YEAR,
        "key": "t3.new.tot",
        "url_key": scene.extended.url_key,
        "day": clock.today(),
        "name": "standard",
        "number": 1,
        "slug": "notices",
        "token": "no-such-invitation",
    }
    filed = _filed(scene)
    more = (*more, reverse("item", kwargs=filed.pop("more")))
    client, found = Client(), [Place("more", address) for address in more]
    for name, wanted in _names(Audience.PUBLIC):
        arguments = {one: values[one] for one in wanted if name not in filed}
        if name == "rule":
            arguments = {"key": "reply.limit"}
        arguments |= filed.get(name, {})
        address = reverse(name, kwargs=arguments)
        if name in _ANSWERED_BADLY or _is_page(client, address):
            found.append(Place(name, address))
    return found


def _filed(scene: Scene) -> dict[str, dict[str, Any]]:
    """Publish an item and withdraw another; return what the addresses of such pages open."""
    _columns(scene)
    gone, live = publish(scene.cast, "本条将撤下", "关于示例渠清淤期间停水的通知")
    withdraw(gone, reason="数字有误，核实后重新发布", by=scene.cast.li)
    item = {"year": 2024, "url_key": live.document.url_key}
    organ = {"code": scene.cast.grain.code}
    return {
        "item": item,
        "item-json": item,
        "seal-json": {"url_key": live.document.url_key, "n": 1},
        "items": {},
        "items-archive": {"number": 1},
        "columns": {},
        "column": {"slug": "notices"},
        "column-archive": {"slug": "notices", "number": 1},
        "guide": {},
        "organ-guide": organ,
        "organ-catalogue": organ,
        "organ-catalogue-archive": {**organ, "number": 1},
        "catalogue": {},
        "catalogue-archive": {"number": 1},
        "standard": {},
        "standard-field": {"field": "finance"},
        "organ-items": organ,
        "organ-items-archive": {**organ, "number": 1},
        **_registers(scene, organ),
        "day-seals": {"day": clock.today()},
        "more": {"year": 2024, "url_key": gone.document.url_key},
    }


def _columns(scene: Scene) -> None:
    """Open a column for what is published, and one that stays empty; enter an item of the catalogue."""
    column(scene.cast, "notices", name="通知公告")
    column(
        scene.cast,
        "grain-reserve",
        name="粮食储备",
        parent=column(scene.cast, "grain", name="粮食"),
    )
    enter_catalogue([ENTRY], by=scene.cast.li)


def _registers(scene: Scene, organ: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Enter a licence and a penalty; return what the addresses of their pages open."""
    found: dict[str, dict[str, Any]] = {}
    for register, row, word in (
        (Register.LICENCE, LICENCE, "licences"),
        (Register.PENALTY, {**PENALTY, "公示截止期": ""}, "penalties"),
    ):
        officer = scene.cast.chen
        confirm(scene.cast.grain, register, officer, row)
        for form in ("", "-csv", "-json"):
            found |= {
                f"{word}{form}": {},
                f"{word}-archive{form}": {"number": 1},
                f"organ-{word}{form}": organ,
                f"organ-{word}-archive{form}": {**organ, "number": 1},
            }
    return found


_ANSWERED_BADLY = frozenset({"invitation"})
"""Pages for what is over; their status says so."""


def staff_pages(scene: Scene) -> Iterator[Place]:
    """Yield every page staff may open, each with the session of one who may.

    Raises ``AssertionError`` for an address that shows a page to nobody, and is not for sending only.
    """
    walk = _begin(scene)
    for name, _ in _names(Audience.STAFF):
        address = _address(walk, name)
        for client in walk.clients:
            answer = client.get(address)
            answer.close()  # a file that is handed out
            if _shows(answer):
                yield Place(name, address, _session(client))
            if answer.status_code in _ANSWERED:
                break
        else:
            assert name in _NO_PAGES, f"{name}：没有人打得开 {address}"
    yield from _more(walk)


_ANSWERED = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
"""It is a page, or leads to one, or is for sending only; anything else depends on who asks."""
_NO_PAGES = frozenset({"desk-kept", "case-draft-pdf"})
"""What a script asks for, and a file that is there while a draft waits to be signed."""


def _more(walk: _Walk) -> Iterator[Place]:
    """Pages that look otherwise with other things in them."""
    session, desk = _session(walk.clients[0]), walk.scene.desk_address
    for address in (
        desk,
        f"{desk}?on={YEAR}-06-30",
        f"{desk}cell/t2.fee/",
        "/desk/agencies/?closed=1",
        "/desk/rulebook/parameters/?only=unsure",
        "/desk/rulebook/parameters/correction.period/",
        "/desk/search/?q=没有这样的东西",
    ):
        yield Place("more", address, session)


def _begin(scene: Scene) -> _Walk:
    cast = scene.cast
    world = make_world(cast)
    clients = (
        signed_in(cast.li),
        signed_in(cast.zhao),
        *world.insiders.values(),
        *(_at_work(client, Seat(role.value)) for role, client in world.administrators.items()),
    )
    own = propose_parameter(
        "correction.period",
        value="10",
        since=date(2026, 1, 1),
        source="县政府办通知（测试）",
        certainty="P",
        by=cast.li,
    )
    seat = Membership.objects.filter(role=Role.AUDIT_ADMINISTRATOR).latest("pk")
    named: dict[str, Arguments] = {
        "rulebook-notice": {"uid": propose_notice(notice(), by=cast.li).uid},
        "rulebook-value": {"uid": own.uid},
        "letter-wording": {"uid": propose_again("D13", by=cast.li).uid},
        "rulebook-series": {"uid": NumberSeries.objects.order_by("pk")[0].uid},
        "person": {"uid": Person.objects.get(pk=cast.li.pk).uid},
        "unseat": {"uid": seat.uid},
    }
    return _Walk(scene, world, named, clients)


def _at_work(client: Client, seat: Seat) -> Client:
    """An administrator within a session that says what for."""
    session = Session.objects.get(account=client.session["_auth_user_id"])
    begin_administration(session, seat=seat, reason="走遍每个页面，逐页查看", minutes=60)
    return client


def _address(walk: _Walk, name: str) -> str:
    sample = SAMPLES[name]
    if name in walk.named:
        arguments = walk.named[name]
    elif isinstance(sample, Owned | Known):
        arguments = sample.arguments(walk.world.ours)
    else:
        arguments = {} if isinstance(sample, Listing) else sample.arguments
    query = f"?{sample.query}" if isinstance(sample, Listing) and sample.query else ""
    return f"{reverse(name, kwargs=dict(arguments))}{query}"


def _names(audience: Audience) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns(get_resolver().url_patterns):
        if audience_of(pattern.callback) is audience:
            yield str(pattern.name), list(pattern.pattern.converters)


def _is_page(client: Client, address: str) -> bool:
    return _shows(client.get(address))


def _shows(answer: Any) -> bool:
    html = str(answer.headers.get("Content-Type", "")).startswith("text/html")
    return bool(answer.status_code == HTTPStatus.OK and html)


def _session(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value
