"""A scratch site by plain rows: sixty agencies, and as many public items as asked, in every table publishing asks.

Each item has its document, edition, waiver, publication, three places in lists, three lines of the manifest, an event
and an entry of the search index. The first nine tenths count as moved in from an old site. Their texts are short, and
their events are not chained. No real person, agency or text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from gongkai.agencies.actions import establish_agency
from gongkai.agencies.models import Agency, Level
from gongkai.audit.identity import new_uid
from gongkai.audit.models import Event, Head
from gongkai.columns.actions.opening import adopt_standard_tree
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.canonical import Content, Identity, edition_bytes
from gongkai.documents.models import Document, Edition, Kind
from gongkai.publication.listings import ALL, of_agency, of_column
from gongkai.publication.models import Listed, ListingHead, Publication, WrittenPage
from gongkai.review.actions import submit_for_review
from gongkai.review.models import Waiver
from gongkai.search.actions import rebuild
from gongkai.search.entry import Audience, Entry
from gongkai.text.urlkey import url_key
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.review.panel import Panel, approve_through, make_panel

_AGENCIES = 60
_COLUMN = "notices"
_CHUNK = 5_000
_IMPORTED = 0.9
_BEGAN = datetime(2019, 6, 3, 1, 0)  # as the databases store it: UTC, without saying so
_SPAN = 7 * 365 * 24 * 3600
_WITHOUT = re.compile("<[^>]*>")
_SPREAD = 0x9E37_79B1
"""Odd, so that a counter times this, modulo 2^40, meets no key twice."""

_COLUMNS = {
    Document: "id uid agency_id drafter_agency_id kind disclosure disclosure_reason year index_no url_key",
    Edition: "id uid document_id n title canonical sha256 author_person_id closed_at revision saved_at saved_by_id",
    Waiver: "id uid edition_id kind approver_id reason due",
    Publication: "id uid document_id edition_id published_at seq live waiver_id",
    Listed: "listing ordinal document_id",
    WrittenPage: "path kind key sha256 size written_at",
    Event: "stream seq kind at actor_uid actor_name subject payload_text prev hash",
}


@dataclass
class Site:
    """A county that publishes. *items* are in its tables already."""

    cast: Cast
    panel: Panel
    agencies: list[Agency]
    items: int = 0
    long: bool = False
    _whole: int = 1
    _others: int = 0
    _heads: dict[str, int] = field(default_factory=dict)

    @classmethod
    def make(cls, most: int, *, long: bool = False) -> Site:
        """Make the county, its sixty agencies and its columns, through the rooms' own actions.

        *most*: how many items there will be in the end; they are spread evenly over seven years. *long*: their texts
        have 1 100 characters and not forty.
        """
        call_command("migrate", verbosity=0)
        cast = make_cast()
        for n in range(5, _AGENCIES + 1):
            code = f"T{n:08d}"
            establish_agency(
                code=code, credit_code=f"11000000{code}X", level=Level.BUREAU, name=f"示例县第{n}局",
                short=f"第{n}局", mark=f"示{n}", since=SINCE, parent=cast.county, by=cast.li,
            )  # fmt: skip
        adopt_standard_tree(owner=cast.office, by=cast.li)
        return cls(
            cast, make_panel(cast), list(Agency.objects.order_by("pk")), long=long, _whole=most
        )

    def fill_to(self, items: int) -> None:
        """Add items until there are *items*, index them, and let the planner count the tables."""
        self._heads = dict(Head.objects.values_list("stream", "seq"))
        self._others = Document.objects.count() - self.items
        for start in range(self.items, items, _CHUNK):
            rows = self._rows(range(start, min(start + _CHUNK, items)))
            with transaction.atomic():
                for model, some in rows.items():
                    _insert(model._meta.db_table, _COLUMNS[model].split(), some)
        self.items = items
        self._set_heads()
        with transaction.atomic():
            rebuild(Audience.PUBLIC, map(self._found, range(items)), lambda said: None)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(_COLUMNS)):
                cursor.execute(statement)
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE")  # autovacuum does so by itself

    def sealed(self, count: int) -> list[Edition]:
        """Return editions of some 1 100 characters that four people have approved."""
        draw = random.Random(self.items)  # noqa: S311  # repeatable texts, nothing secret
        drafts = [Draft(Kind.NOTICE, f"关于第{n}号事项的通知", article(draw)) for n in range(count)]
        cast = self.cast
        editions = enter_documents(drafts, agency=cast.grain, year=2026, by=cast.chen)
        for edition in editions:
            approve_through(submit_for_review(edition, by=cast.chen), self.panel)
        return list(Edition.objects.filter(pk__in=[edition.pk for edition in editions]))

    def _rows(self, places: range) -> dict[Any, list[Sequence[Any]]]:
        rows: dict[Any, list[Sequence[Any]]] = {model: [] for model in _COLUMNS}
        for n in places:
            for model, some in self._of(n):
                rows[model].append(some)
        return rows

    def _of(self, n: int) -> Iterator[tuple[Any, Sequence[Any]]]:
        """Yield the rows of the item *n*, each with its table."""
        uid, agency = _uid(n), self.agencies[n % _AGENCIES]
        at, day = str(self._at(n)), str(self._at(n).date())
        key, pk, year = url_key(uid), n + 1 + self._others, day[:4]
        canonical = _canonical(uid, n, self._text(n))
        hashed, chen, li = sha256(canonical).hexdigest(), self.cast.chen.pk, self.cast.li
        number = f"B{n:08d}/{year}"
        yield (
            Document,
            (pk, uid.hex, agency.pk, agency.pk, "notice", "public", "", year, number, key),
        )
        yield (
            Edition,
            (pk, new_uid().hex, pk, 1, _title(n), canonical, hashed, chen, at, 1, at, chen),
        )
        kind, due = ("imported", None) if self._imported(n) else ("urgent", day)
        yield Waiver, (pk, new_uid().hex, pk, kind, li.pk, "旧网站迁入", due)
        yield Publication, (pk, new_uid().hex, pk, pk, at, 1, True, pk)
        yield Listed, (ALL, pk, pk)
        yield Listed, (of_agency(agency.code), n // _AGENCIES + 1 + self._of_grain(agency), pk)
        yield Listed, (of_column(_COLUMN), pk, pk)
        item, seal = f"n/{year}/{key}", f"{key}/1"
        for path, page, of in (
            (f"{item}/index.html", "item", item[2:]),
            (f"{item}/index.json", "twin", item[2:]),
            (f"seal/{seal}.json", "seal", seal),
        ):
            yield WrittenPage, (path, page, of, hashed, 9_000, at)
        yield Event, self._event(agency.code, uid, at, hashed)

    def _event(self, stream: str, uid: UUID, at: str, hashed: str) -> Sequence[Any]:
        seq = self._heads[stream] = self._heads[stream] + 1
        told = f'{{"n":1,"seq":1,"sha256":"{hashed}"}}'
        li, prev = self.cast.li, sha256(f"{stream}{seq}".encode()).hexdigest()
        subject = f"document:{uid}"
        return (
            stream,
            seq,
            "publication.live",
            at,
            li.uid.hex,
            li.name,
            subject,
            told,
            prev,
            hashed,
        )

    def _set_heads(self) -> None:
        for stream, seq in self._heads.items():
            Head.objects.filter(stream=stream).update(seq=seq)
        every = self.items + self._others
        last = {ALL: every, of_column(_COLUMN): every}
        for place, agency in enumerate(self.agencies):
            own = -(-(self.items - place) // _AGENCIES)
            last[of_agency(agency.code)] = own + self._of_grain(agency)
        for listing, taken in last.items():
            ListingHead.objects.update_or_create(listing=listing, defaults={"last": taken})

    def _of_grain(self, agency: Agency) -> int:
        """What was published one by one meanwhile: all of it is of one agency."""
        return self._others if agency == self.cast.grain else 0

    def _found(self, n: int) -> Entry:
        uid, at = _uid(n), self._at(n)
        return Entry(
            key=uid,
            audience=Audience.PUBLIC,
            title=_title(n),
            text=_WITHOUT.sub("", self._text(n)),
            agency_id=self.agencies[n % _AGENCIES].pk,
            kind="notice",
            published_on=at.date(),
            year=at.year,
            url=f"/n/{at.year}/{url_key(uid)}/",
            columns=(_COLUMN,),
        )

    def _text(self, n: int) -> str:
        own = f"<p>第{n}号事项已经办理完毕，现将结果予以公开，请有关单位和群众监督。</p>"
        return own + _articles()[n % 50] if self.long else own

    def _at(self, n: int) -> datetime:
        return _BEGAN + timedelta(seconds=n * _SPAN // self._whole)

    def _imported(self, n: int) -> bool:
        return n < _IMPORTED * self._whole


def article(draw: random.Random) -> str:
    """Return ten paragraphs of invented characters, some 1 100 of them."""
    return "".join(
        f"<p>{''.join(chr(0x4E00 + int(draw.betavariate(1, 4) * 6_000)) for _ in range(110))}。</p>"
        for _ in range(10)
    )


@cache
def _pattern() -> bytes:
    content = Content("@title", "@text", columns=(_COLUMN,))
    return edition_bytes(Identity(UUID(int=0), 1, Kind.NOTICE.value, "public"), content)


def _canonical(uid: UUID, n: int, text: str) -> bytes:
    """Return what ``edition_bytes`` would, without asking it a million times."""
    known = {str(UUID(int=0)): str(uid), "@title": _title(n), "@text": text}
    found = _pattern()
    for mark, value in known.items():
        found = found.replace(mark.encode(), value.encode())
    return found


def _uid(n: int) -> UUID:
    return UUID(int=(0x0190 << 112) | (n << 80) | (7 << 76) | (2 << 62) | (n * _SPREAD) % 2**40)


def _title(n: int) -> str:
    return f"关于第{n}号事项的通知"


@cache
def _articles() -> list[str]:
    draw = random.Random(711)  # noqa: S311  # 〃
    return [article(draw) for _ in range(50)]


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # our own names
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(columns))
        cursor.connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  # 〃
            rows,
        )
