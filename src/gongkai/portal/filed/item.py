"""An item's own page, its data, its files and its seal: written before the act of publishing returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from gongkai.audit import clock
from gongkai.documents import blobs
from gongkai.documents.canonical import content_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import Frame
from gongkai.portal.filed.metadata import item_metadata
from gongkai.portal.filed.reading import Item, item_of, items_of
from gongkai.portal.qr import Drawing, drawing
from gongkai.publication.models import Publication
from gongkai.publication.queries import first_published, live, with_approval, with_former
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical


@dataclass(frozen=True)
class Printed:
    """The page's whole address, for whoever holds it on paper: as letters, and as a code to be photographed."""

    address: str
    code: Drawing


def render_item(key: str) -> bytes | None:
    """The page of the item *key*: its text, or, once it is withdrawn, when and why."""
    return _first(render_items([key]))


def render_items(keys: Sequence[str]) -> Iterator[bytes | None]:
    """The pages of many items, from few queries."""
    frame = Frame.of_today()
    for key, item in items_of(keys).items():
        yield None if item is None else item_page(frame, key, item)


def item_page(frame: Frame, key: str, item: Item, **beside: object) -> bytes:
    """The page of *item*, whose key is *key*. *beside*: what a preview adds to it."""
    template = "portal/item.html" if item.is_live else "portal/item_ended.html"
    where = addresses.address(addresses.item_path(key))
    values = {"item": item, "printed": _printed(where), **beside}
    return frame.page(template, where, values, meta=item_metadata(item, where))


def _printed(where: str) -> Printed | None:
    """What the page says of itself on paper; nothing where the site's own address is not set."""
    site = str(settings.SITE_URL)
    return Printed(site + where, drawing(site + where)) if site.isascii() and site else None


def render_twin(key: str) -> bytes | None:
    """The same as data. The words of what was withdrawn are in neither."""
    return _first(render_twins([key]))


def render_twins(keys: Sequence[str]) -> Iterator[bytes | None]:
    """Many items as data, from few queries."""
    for key, item in items_of(keys).items():
        yield None if item is None else item_twin(key, item)


def item_twin(key: str, item: Item) -> bytes:
    """*item*, whose key is *key*, as data."""
    return canonical_bytes(_twin(key, item))


def _twin(key: str, item: Item) -> dict[str, Plain]:
    document, edition = item.publication.document, item.publication.edition
    shown: dict[str, Plain] = {
        "address": addresses.address(addresses.item_path(key)),
        "index_no": document.index_no,
        "agency": item.agency,
        "agency_code": document.agency.code,
        "first_published_at": clock.in_shanghai(item.first).isoformat(),
        "published_at": clock.in_shanghai(item.publication.published_at).isoformat(),
        "seal": item.seal_address,
        "state": "live" if item.is_live else "withdrawn",
    }
    if item.is_live:
        content = from_canonical(bytes(edition.canonical))
        shown |= {"content": content, "sha256": edition.sha256}
        shown["files"] = [file.address for file in item.files]
    elif item.ending:
        shown |= {"reason": item.ending.reason, "at": clock.in_shanghai(item.ending.at).isoformat()}
        shown |= {"withdrawn_by": item.ended_by} if item.ended_by else {}
    return shown


def render_file(key: str) -> bytes | None:
    """An attachment of the live edition, byte for byte as it was approved; nothing once that is over.

    Raises ``OSError`` when the kept file is not there: the page stays due, and the reason is noted.
    """
    item_key, name = addresses.file_of(key)
    item = item_of(item_key)
    return None if item is None else item_file(item, name)


def item_file(item: Item, name: str) -> bytes | None:
    """The file of *item* at the address *name*. Raises like :func:`render_file`."""
    if not item.is_live:
        return None
    found = [one.attached for one in item.files if one.address == name]
    return blobs.path_of(found[0].sha256).read_bytes() if found else None


def render_seal(key: str) -> bytes | None:
    """What a reader needs to prove that the page is the text that was approved.

    ``canonical`` is there while the edition is live: the SHA-256 of its UTF-8 bytes is ``sha256``.
    """
    return _first(render_seals([key]))


def render_seals(keys: Sequence[str]) -> Iterator[bytes | None]:
    """Many seals, from one query."""
    url_keys = {key.rpartition("/")[0] for key in keys}
    publications = with_approval().filter(document__url_key__in=url_keys)
    found = {addresses.seal_key(one): one for one in publications}
    for key in keys:
        yield publication_seal(found[key]) if key in found else None


def publication_seal(publication: Publication) -> bytes:
    """The seal of *publication*."""
    return canonical_bytes(_seal(publication))


def _seal(publication: Publication) -> dict[str, Plain]:
    edition = publication.edition
    shown: dict[str, Plain] = {
        "document": str(publication.document.uid),
        "edition": edition.n,
        "sha256": edition.sha256,
        "published_at": clock.in_shanghai(publication.published_at).isoformat(),
        "approval": _approval(publication),
        "live": bool(publication.live),
    }
    if publication.live:
        shown["canonical"] = bytes(edition.canonical).decode()
    return shown


def item_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the keys of the items that *publications* are of."""
    yield from map(addresses.item_key, publications)


def file_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the files of *publications*, and those of the editions before, which are no longer handed out."""
    for publication in publications:
        for one in with_former(publication):
            yield from _files_of(one)


def seal_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the seals of what went out, and of the editions before: those are live no more."""
    for publication in publications:
        yield from map(addresses.seal_key, with_former(publication))


def every_item() -> Iterator[str]:
    """Every document that ever went out has its page, for ever."""
    for url_key, at in first_published():
        yield f"{clock.legal_date(at).year}/{url_key}"


def every_file() -> Iterator[str]:
    for publication in live().iterator(chunk_size=2_000):
        yield from _files_of(publication)


def every_seal() -> Iterator[str]:
    for publication in with_approval().iterator(chunk_size=2_000):
        yield addresses.seal_key(publication)


def _files_of(publication: Publication) -> Iterator[str]:
    attached = content_of(bytes(publication.edition.canonical)).attachments
    if attached:
        item = addresses.item_key(publication)
        yield from (f"{item}/{addresses.file_name(one)}" for one in attached)


def _approval(publication: Publication) -> dict[str, Plain]:
    seal, waiver = publication.seal, publication.waiver
    if seal is not None:
        return {
            "kind": "sealed",
            "sha256": seal.sha256,
            "stages": seal.stages,
            "at": clock.in_shanghai(seal.sealed_at).isoformat(),
        }
    if waiver is not None:
        return {"kind": waiver.kind, "reason": waiver.reason}
    raise LookupError(publication.uid)  # a constraint of the table forbids it


def _first(pages: Iterable[bytes | None]) -> bytes | None:
    return next(iter(pages))
