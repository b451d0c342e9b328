"""What the public may see of a document now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.agencies.queries import name_of
from gongkai.audit import clock
from gongkai.columns.queries import named
from gongkai.documents.canonical import Attached, Content, content_of
from gongkai.documents.intake import clean_body
from gongkai.documents.kinds import schema_of
from gongkai.portal.filed import addresses
from gongkai.publication.models import Ending, Publication
from gongkai.publication.queries import first_of, last_of
from gongkai.text.body.visible import visible_text


@dataclass(frozen=True)
class File:
    """An approved attachment, and its address relative to the item's page."""

    attached: Attached
    address: str


@dataclass(frozen=True)
class Item:
    """A document's latest publication, live or ended. *first* is when the document first went out."""

    publication: Publication
    first: datetime
    agency: str
    content: Content
    ending: Ending | None

    @property
    def is_live(self) -> bool:
        return bool(self.publication.live)

    @property
    def body(self) -> str:
        """The approved fragment. Cleaning changes nothing of it, but for texts of the first layout: they never were."""
        return clean_body(self.content.text)

    @property
    def words(self) -> str:
        """The text without its markup, in one line."""
        return " ".join(visible_text(self.body).split())

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The fields of its kind, approved with the text: (label, value)."""
        return schema_of(self.publication.document.kind).shown(self.content.fields)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns it was approved for, the main one first: (address, what it was called that day)."""
        day = clock.legal_date(self.publication.published_at)
        called = named(day, self.content.columns)
        return [(f"/c/{slug}/", name) for slug, name in called.items()]

    @property
    def files(self) -> list[File]:
        return [File(one, addresses.file_name(one)) for one in self.content.attachments]

    @property
    def source(self) -> str:
        """Where it came from: named in its fields, else the agency itself."""
        return str(self.content.fields.get("source") or self.agency)

    @property
    def seal_address(self) -> str:
        return f"/{addresses.seal_path(addresses.seal_key(self.publication))}"


def item_of(key: str) -> Item | None:
    """Return the item *key* (year and eight characters), or None where there never was one."""
    year, _, url_key = key.partition("/")
    publication = last_of(url_key)
    if publication is None:
        return None
    first = first_of(publication).published_at
    if str(clock.legal_date(first).year) != year:
        return None
    day = clock.legal_date(publication.published_at)
    return Item(
        publication,
        first,
        name_of(publication.document.agency, day).name,
        content_of(bytes(publication.edition.canonical)),
        getattr(publication, "ending", None),
    )
