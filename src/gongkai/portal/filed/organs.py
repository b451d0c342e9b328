"""The county's agencies, and what the law has each make known of itself (条例第十二条、第二十条第二项)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.agencies.models import Agency, Succession
from gongkai.agencies.portrait import Passing, Portrait, portrait_of
from gongkai.agencies.queries import tree_on
from gongkai.agencies.tree import Node
from gongkai.audit import clock
from gongkai.audit.subscribers import Told
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.home import FRONT, newest_lines
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.filed.registers import html_path
from gongkai.publication.actions.asking import ask_soon
from gongkai.publication.listings import of_agency
from gongkai.publication.models import Publication
from gongkai.publication.queries import taken
from gongkai.registers.layout import layout_of
from gongkai.registers.listings import list_key
from gongkai.registers.models import Register
from gongkai.registers.queries import taken as rows_taken
from gongkai.text.canonical import Plain, canonical_bytes

_NEWEST = 5
_WORDS = ("duties", "head", "office", "address", "hours", "telephone", "fax", "online", "email")


def render_directory(key: str) -> bytes:
    """All agencies of today as a tree, and those that are no more."""
    tree = tree_on(clock.today())
    living = tree.shown(lambda node: not tree.is_gone(node))
    values = {"tree": living, "gone": _gone()}
    return page("portal/organs.html", "/o/", values, meta=column_metadata("机关和单位"))


def render_directory_twin(key: str) -> bytes:
    """The same as data, in the order of their codes."""
    nodes = sorted(tree_on(clock.today()).nodes.values(), key=lambda node: node.agency.code)
    return canonical_bytes({"agencies": [_line(node) for node in nodes]})


def render_organ(code: str) -> bytes | None:
    """An agency's own page. It stays where it is when the agency is no more, and names the heirs."""
    portrait = portrait_of(code, clock.today())
    if portrait is None:
        return None
    listing = of_agency(code)
    values = {
        "p": portrait,
        "count": taken(listing),
        "newest": newest_lines(listing, _NEWEST, {portrait.agency.pk: portrait.named}),
        "registers": list(_registers(code)),
        "inherited": list(_inherited(portrait)),
    }
    return page(
        "portal/organ.html", f"/o/{code}/", values, meta=column_metadata(portrait.named.name)
    )


def render_organ_twin(code: str) -> bytes | None:
    """The same as data."""
    found = portrait_of(code, clock.today())
    return None if found is None else canonical_bytes(_plain(found))


def directory_path(key: str) -> str:
    return f"o/{addresses.INDEX}"


def directory_twin_path(key: str) -> str:
    return "o/index.json"


def organ_path(code: str) -> str:
    return f"o/{code}/{addresses.INDEX}"


def organ_twin_path(code: str) -> str:
    return f"o/{code}/index.json"


def every_organ() -> Iterator[str]:
    yield from Agency.objects.order_by("code").values_list("code", flat=True)


def organ_keys(publications: Sequence[Publication]) -> set[str]:
    """Return the agencies whose pages show how many items they have published, and the newest; their heirs' among them."""
    own = {one.document.agency.code for one in publications}
    heirs = Succession.objects.filter(source__code__in=own).values_list("target__code", flat=True)
    return own.union(heirs)


def agencies_changed(told: Told) -> None:
    """Make due what shows agencies: they name one another, so it is all their pages."""
    one_page = ("home", "organs", "organs-twin", "apply", "site-map")
    pages = [(name, *FRONT) for name in one_page]
    pages += [(name, code) for code in every_organ() for name in ("organ", "organ-twin")]
    ask_soon(pages)


def _inherited(portrait: Portrait) -> Iterator[tuple[Passing, int]]:
    """Yield the agencies that are no more and whose heir this one is, with how many items each has published."""
    for one in portrait.came:
        ending = getattr(one.other, "ending", None)
        count = taken(of_agency(one.other.code))
        if count and ending is not None and ending.on <= portrait.on:
            yield one, count


def _registers(code: str) -> Iterator[tuple[str, str]]:
    """Yield address and title of the registers the agency has pages of."""
    for register in Register:
        if rows_taken(register, code):
            yield addresses.address(html_path(list_key(register, code))), layout_of(register).title


def _gone() -> list[Node]:
    tree = tree_on(clock.today())
    gone = [node for node in tree.nodes.values() if tree.is_gone(node)]
    return sorted(gone, key=lambda node: node.agency.code)


def _line(node: Node) -> dict[str, Plain]:
    return {
        "code": node.agency.code,
        "name": node.named.name,
        "level": node.agency.level,
        "address": f"/o/{node.agency.code}/",
        "ended_on": node.ended.isoformat() if node.ended else None,
    }


def _plain(p: Portrait) -> dict[str, Plain]:
    contact = {word: getattr(p.contact, word) for word in _WORDS} if p.contact else None
    return {
        "code": p.agency.code,
        "name": p.named.name,
        "level": p.agency.level,
        "credit_code": p.agency.credit_code,
        "address": f"/o/{p.agency.code}/",
        "items": f"/o/{p.agency.code}/n/",
        "names": [
            {"name": name.name, "since": name.since.isoformat()}
            for name in p.names
            if name.since <= p.on
        ],
        "under": p.parent.agency.code if p.parent else None,
        "below": [name.agency.code for name in p.below],
        "contact": contact,
        "ended_on": p.ending.on.isoformat() if p.ending else None,
        "took_over_from": _passed(p.came),
        "passed_to": _passed(p.went),
    }


def _passed(passings: Sequence[Passing]) -> list[Plain]:
    return [
        {"code": one.other.code, "on": one.on.isoformat(), "scope": one.scope} for one in passings
    ]
