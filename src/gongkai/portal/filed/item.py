"""An item's own page, its data, and its seal: written before the act of publishing returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from gongkai.agencies.queries import name_of
from gongkai.audit import clock
from gongkai.documents.intake import clean_body, paragraphs_of
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import item_metadata
from gongkai.publication.models import Ending, Publication
from gongkai.publication.queries import first_published, last_of, with_approval
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical


@dataclass(frozen=True)
class Item:
    """What the public sees of a document now: its live edition, or that there is none any more."""

    publication: Publication
    first: datetime
    agency: str
    text: Mapping[str, Plain]
    ending: Ending | None

    @property
    def is_live(self) -> bool:
        return bool(self.publication.live)

    @property
    def body(self) -> str:
        """The approved fragment. It was cleaned when it was written; what was imported is cleaned here."""
        return clean_body(str(self.text["text"]))

    @property
    def words(self) -> str:
        """The text without its markup, in one line."""
        return " ".join(paragraphs_of(self.body))

    @property
    def source(self) -> str:
        """Where it came from: named in the text, else the agency itself."""
        fields = cast("Mapping[str, Plain]", self.text.get("fields") or {})
        return str(fields.get("source") or self.agency)

    @property
    def seal_address(self) -> str:
        return f"/{addresses.seal_path(addresses.seal_key(self.publication))}"


def render_item(key: str) -> bytes | None:
    """The page of the item *key*: its text, or, once it is withdrawn, when and why."""
    item = _item(key)
    if item is None:
        return None
    path = addresses.item_path(key)
    template = "portal/item.html" if item.is_live else "portal/item_ended.html"
    where = addresses.address(path)
    return page(template, where, {"item": item, "meta": item_metadata(item, where)})


def render_twin(key: str) -> bytes | None:
    """The same as data. The words of what was withdrawn are in neither."""
    item = _item(key)
    if item is None:
        return None
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
        shown |= {"content": item.text, "sha256": item.publication.edition.sha256}
    elif item.ending:
        shown |= {"reason": item.ending.reason, "at": clock.in_shanghai(item.ending.at).isoformat()}
    return canonical_bytes(shown)


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


def seal_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the seals of what went out, and of the editions before: those are live no more."""
    for publication in publications:
        yield addresses.seal_key(publication)
        if publication.seq > 1:
            earlier = with_approval().get(document=publication.document_id, seq=publication.seq - 1)
            yield addresses.seal_key(earlier)


def every_item() -> Iterator[str]:
    """Every document that ever went out has its page, for ever."""
    for url_key, at in first_published():
        yield f"{clock.legal_date(at).year}/{url_key}"


def every_seal() -> Iterator[str]:
    for publication in with_approval().iterator(chunk_size=2_000):
        yield addresses.seal_key(publication)


def _item(key: str) -> Item | None:
    year, _, url_key = key.partition("/")
    publication = last_of(url_key)
    if publication is None:
        return None
    first = publication.published_at
    if publication.seq > 1:
        first = Publication.objects.get(document=publication.document_id, seq=1).published_at
    if str(clock.legal_date(first).year) != year:
        return None
    day = clock.legal_date(publication.published_at)
    return Item(
        publication,
        first,
        name_of(publication.document.agency, day).name,
        cast("Mapping[str, Plain]", from_canonical(bytes(publication.edition.canonical))),
        getattr(publication, "ending", None),
    )


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
