"""What the public may see of a document now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from gongkai.agencies.models import AgencyName
from gongkai.agencies.queries import names_of
from gongkai.audit import clock
from gongkai.columns.queries import Names, called, names_through
from gongkai.documents.canonical import Attached, Content, content_of
from gongkai.documents.intake import clean_body
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import AttachmentRole, Kind
from gongkai.portal.filed import addresses
from gongkai.publication.models import Ending, Publication
from gongkai.publication.queries import histories_of
from gongkai.text.body.visible import visible_text


@dataclass(frozen=True)
class File:
    """An approved attachment, and its address relative to the item's page."""

    attached: Attached
    address: str


@dataclass(frozen=True)
class Item:
    """A document's latest publication, live or ended. *first* is when the document first went out.

    *columns* are those it was approved for, the main one first: address, and what it was called that day.
    *ended_by*: the agency that withdrew it, as it was called then, "" where nobody did or it was not kept.
    """

    publication: Publication
    first: datetime
    agency: str
    content: Content
    columns: Sequence[tuple[str, str]]
    ending: Ending | None
    ended_by: str = ""

    @property
    def is_live(self) -> bool:
        return bool(self.publication.live)

    @cached_property
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
    def facts_first(self) -> bool:
        """Whether readers come for the fields and not for the text: the elements of a service guide."""
        return bool(self.publication.document.kind == Kind.SERVICE_GUIDE)

    @property
    def files(self) -> list[File]:
        return [File(one, addresses.file_name(one)) for one in self.content.attachments]

    @property
    def downloads(self) -> list[File]:
        """The files handed out beside the text; those shown in it are not listed again."""
        return [one for one in self.files if one.attached.role != AttachmentRole.IMAGE]

    @property
    def source(self) -> str:
        """Where it came from: named in its fields, else the agency itself."""
        return str(self.content.fields.get("source") or self.agency)

    @property
    def seal_address(self) -> str:
        return f"/{addresses.seal_path(addresses.seal_key(self.publication))}"


@dataclass(frozen=True)
class Reading:
    """Documents with all that ever went out of them: what their own pages are made from."""

    histories: Mapping[str, Sequence[Publication]]
    contents: Mapping[str, Content]
    names: Mapping[int, Sequence[AgencyName]]
    columns: Names

    @classmethod
    def of(cls, url_keys: Iterable[str]) -> Reading:
        """Read the documents *url_keys*, from three queries."""
        histories = histories_of(url_keys)
        contents = {
            key: content_of(bytes(one[-1].edition.canonical)) for key, one in histories.items()
        }
        names = names_of(_agencies(one[-1] for one in histories.values()))
        columns = names_through(slug for one in contents.values() for slug in one.columns)
        return cls(histories, contents, names, columns)

    def item(self, key: str) -> Item | None:
        """Return the item *key* (year and eight characters), or None where there never was one."""
        year, _, url_key = key.partition("/")
        history = self.histories.get(url_key)
        if not history or str(clock.legal_date(history[0].published_at).year) != year:
            return None
        latest = history[-1]
        day = clock.legal_date(latest.published_at)
        agency = self._name(latest.document.agency_id, day)
        content = self.contents[url_key]
        columns = columns_shown(content.columns, self.columns, day)
        ending = getattr(latest, "ending", None)
        by = self._ended_by(ending) if ending else ""
        return Item(latest, history[0].published_at, agency, content, columns, ending, by)

    def _name(self, agency: int, day: date) -> str:
        return [one.name for one in self.names[agency] if one.since <= day][-1]

    def _ended_by(self, ending: Ending) -> str:
        by = ending.by_agency_id
        return self._name(by, clock.legal_date(ending.at)) if by else ""

    def edition(self, url_key: str, n: int) -> Publication | None:
        """Return the publication of edition *n* of a document, or None where it never went out."""
        history = self.histories.get(url_key, ())
        return next((one for one in history if one.edition.n == n), None)


def _agencies(latest: Iterable[Publication]) -> set[int]:
    """Return the keys of the agencies a page of each publication names: whose it is, and who withdrew it."""
    found = [(one.document.agency_id, getattr(one, "ending", None)) for one in latest]
    withdrew = {ending.by_agency_id for _, ending in found if ending and ending.by_agency_id}
    return withdrew | {agency for agency, _ in found}


def item_of(key: str) -> Item | None:
    """Return the item *key*, or None where there never was one."""
    return items_of([key])[key]


def items_of(keys: Sequence[str]) -> dict[str, Item | None]:
    """Return the items *keys*, in their order, from three queries; None for one that never was."""
    reading = Reading.of({key.partition("/")[2] for key in keys})
    return {key: reading.item(key) for key in keys}


def columns_shown(slugs: Iterable[str], names: Names, day: date) -> list[tuple[str, str]]:
    """Return address and name, as of *day*, of the columns *slugs*."""
    return [(f"/c/{slug}/", called(names, slug, day)) for slug in slugs]
