"""An item's own page, its data, its files and its seal: written before the act of publishing returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.audit import clock
from gongkai.documents import blobs
from gongkai.documents.canonical import content_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import item_metadata
from gongkai.portal.filed.reading import item_of
from gongkai.publication.models import Publication
from gongkai.publication.queries import before, first_published, live, with_approval
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical


def render_item(key: str) -> bytes | None:
    """The page of the item *key*: its text, or, once it is withdrawn, when and why."""
    item = item_of(key)
    if item is None:
        return None
    template = "portal/item.html" if item.is_live else "portal/item_ended.html"
    where = addresses.address(addresses.item_path(key))
    return page(template, where, {"item": item}, meta=item_metadata(item, where))


def render_twin(key: str) -> bytes | None:
    """The same as data. The words of what was withdrawn are in neither."""
    item = item_of(key)
    if item is None:
        return None
    edition = item.publication.edition
    shown: dict[str, Plain] = {
        "address": addresses.address(addresses.item_path(key)),
        "index_no": item.publication.document.index_no,
        "agency": item.agency,
        "agency_code": item.publication.document.agency.code,
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
    return canonical_bytes(shown)


def render_file(key: str) -> bytes | None:
    """An attachment of the live edition, byte for byte as it was approved; nothing once that is over.

    Raises ``OSError`` when the kept file is not there: the page stays due, and the reason is noted.
    """
    item_key, name = addresses.file_of(key)
    item = item_of(item_key)
    if item is None or not item.is_live:
        return None
    found = [one.attached for one in item.files if one.address == name]
    return blobs.path_of(found[0].sha256).read_bytes() if found else None


def render_seal(key: str) -> bytes | None:
    """What a reader needs to prove that the page is the text that was approved.

    ``canonical`` is there while the edition is live: the SHA-256 of its UTF-8 bytes is ``sha256``.
    """
    url_key, _, n = key.rpartition("/")
    publication = with_approval().filter(document__url_key=url_key, edition__n=int(n)).first()
    if publication is None:
        return None
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
    return canonical_bytes(shown)


def item_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the keys of the items that *publications* are of."""
    yield from map(addresses.item_key, publications)


def file_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the files of *publications*, and those of the editions before, which are no longer handed out."""
    for publication in publications:
        for one in (publication, *before(publication)):
            yield from _files_of(one)


def seal_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the seals of what went out, and of the editions before: those are live no more."""
    for publication in publications:
        for one in (publication, *before(publication)):
            yield addresses.seal_key(one)


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
