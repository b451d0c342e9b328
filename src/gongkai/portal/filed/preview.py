"""An item's page before it is public: made by the very function that makes the public one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.templatetags.static import static

from gongkai.agencies.queries import name_of
from gongkai.audit import clock
from gongkai.columns.queries import names_through
from gongkai.documents.models import Edition
from gongkai.portal.filed.frame import Frame
from gongkai.portal.filed.item import item_page
from gongkai.portal.filed.reading import Item, columns_shown
from gongkai.portal.looks import STANDARD
from gongkai.publication.models import Publication
from gongkai.publication.queries import histories_of
from gongkai.review.models import Seal, Waiver


@dataclass(frozen=True)
class Way:
    """A way of looking at a page before it is public. *look* names a style sheet, *on_paper*: as it prints."""

    name: str
    title: str
    look: str = STANDARD.name
    on_paper: bool = False

    @property
    def sheet(self) -> str:
        """The address of its style sheet: the cookie of who looks stays as it is."""
        return static(f"portal/look/{self.look}.css")


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        way.name: way
        for way in (
            Way("desktop", "电脑"),
            Way("phone", "手机"),
            Way("elder", "长辈版", look="elder"),
            Way("paper", "打印、纯文字", on_paper=True),
        )
    }
)


def preview_of(edition: Edition, way: Way) -> bytes:
    """Return the page *edition* would have if it were published now, marked as not public."""
    item = _item(edition)
    key = f"{clock.legal_date(item.first).year}/{edition.document.url_key}"
    return item_page(Frame.of_today(), key, item, preview=way)


def _item(edition: Edition) -> Item:
    document, now = edition.document, clock.now()
    history = histories_of({document.url_key}).get(document.url_key, ())
    publication = Publication(
        document=document,
        edition=edition,
        published_at=now,
        seq=len(history) + 1,
        live=True,
        seal=Seal.objects.filter(edition=edition).first(),
        waiver=Waiver.objects.filter(edition=edition).first(),
    )
    first = history[0].published_at if history else now
    day, content = clock.legal_date(now), edition.content
    name = name_of(document.agency, day).name
    columns = columns_shown(content.columns, names_through(content.columns), day)
    return Item(publication, first, name, content, columns, None)
