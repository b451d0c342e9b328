"""How anybody may prove that a page is what was approved: the page that explains it, heads and seals by day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from gongkai.audit import clock
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.models import Publication
from gongkai.publication.queries import approved_here, with_approval, with_former
from gongkai.review.models import WaiverKind

_META = column_metadata("核验本站网页")
_HEADS = "digest"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.txt")


@dataclass(frozen=True)
class Month:
    """The days of a month for which something is published."""

    name: str
    heads: list[str]
    seals: list[str]


@dataclass(frozen=True)
class _Sample:
    """A publication, and its seal or nothing, by their primary keys."""

    pk: int
    seal: int | None


def render_verify(key: str) -> bytes:
    """What a seal is, what the heads of the log are, and the commands that compare them."""
    oldest = _oldest()
    sample = None if oldest is None else with_approval().get(pk=oldest.pk)
    values = {
        "site": settings.SITE_URL,
        "sample": f"/{addresses.seal_path(addresses.seal_key(sample))}" if sample else "",
    }
    return page("portal/verify.html", "/verify/", values, meta=_META)


def verify_keys(publications: Sequence[Publication]) -> Iterator[str]:
    """Yield the one key when *publications* may be the sample of the page, or have been it until now."""
    sample = _oldest()
    ended = (former for one in publications for former in with_former(one))
    if sample is None or not sample.seal or any(_is_before(one, sample.seal) for one in ended):
        yield ""


def _is_before(one: Publication, seal: int) -> bool:
    return one.seal_id is not None and one.seal_id <= seal


def _oldest() -> _Sample | None:
    """Return whose seal the page shows: of what is live, what was sealed first. It stays so for as long as can be.

    Where nothing is sealed yet, it is the newest of what was let out in haste. Neither is looked for among what was
    moved in: that may be a million rows.
    """
    live = Publication.objects.filter(live=True)
    # A range of the index on seals: a plain "is there one" would walk everything that has none.
    sealed = live.filter(seal__gt=0).order_by("seal")
    urgent = live.filter(waiver__kind=WaiverKind.URGENT).order_by("-pk")
    found = sealed.values_list("pk", "seal").first() or urgent.values_list("pk", "seal").first()
    return _Sample(*found) if found else None


def render_digests(key: str) -> bytes:
    """The days with their head of the log and their list of seals."""
    values = {"years": _years(_heads(), list(every_day_of_seals()))}
    return page("portal/digests.html", "/verify/days/", values, meta=_META)


def render_day_of_seals(day: str) -> bytes | None:
    """The seals of a day that is over, a line each, as ``sha256sum`` prints them: hash, two blanks, record."""
    on = date.fromisoformat(day)
    if on >= clock.today():
        return None
    start, end = clock.start_of(on), clock.start_of(on + timedelta(days=1))
    rows = approved_here().filter(published_at__gte=start, published_at__lt=end).order_by("pk")
    lines = [f"{one.edition.sha256}  /{_seal(one)}" for one in rows]
    if not lines:
        return None
    return "\n".join([f"# 公开 签封清单 {day}", *lines, ""]).encode()


def verify_path(key: str) -> str:
    return f"verify/{addresses.INDEX}"


def digests_path(key: str) -> str:
    return f"verify/days/{addresses.INDEX}"


def day_of_seals_path(day: str) -> str:
    return f"verify/seals/{day}.txt"


def every_day_of_seals() -> Iterator[str]:
    """The days, over by now, on which something approved here went out."""
    days = approved_here().datetimes("published_at", "day", tzinfo=clock.SHANGHAI)
    for at in days:
        day = clock.legal_date(at)
        if day < clock.today():
            yield day.isoformat()


def _seal(publication: Publication) -> str:
    return addresses.seal_path(addresses.seal_key(publication))


def _heads() -> list[str]:
    folder = Path(settings.PUBLIC) / _HEADS
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return sorted(name.removesuffix(".txt") for name in names if _DAY.fullmatch(name))


def _years(heads: list[str], seals: list[str]) -> list[tuple[str, list[Month]]]:
    """Return the months by year, the latest first."""
    months = sorted({day[:7] for day in (*heads, *seals)}, reverse=True)
    years: dict[str, list[Month]] = {}
    for month in months:
        of = [[day for day in days if day.startswith(month)] for days in (heads, seals)]
        years.setdefault(month[:4], []).append(Month(month, *of))
    return list(years.items())
