"""The 政府信息公开指南 (条例第十二条) of the county and of every agency, made from what is registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.agencies.models import Agency, Level
from gongkai.agencies.portrait import Portrait, portrait_of
from gongkai.agencies.queries import contact_on, names_on
from gongkai.audit import clock
from gongkai.columns.guide import LABELS, build_guide
from gongkai.columns.known import known_of
from gongkai.columns.queries import duties
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.rulebook.queries import rules_on

TITLE = "政府信息公开指南"


def guide_path(key: str) -> str:
    """The county's guide has the empty key, an agency's its code."""
    return f"o/{key}/guide/{addresses.INDEX}" if key else f"guide/{addresses.INDEX}"


def render_guide(key: str) -> bytes | None:
    """A guide as of today. That of an agency that is no more says who has its work."""
    today = clock.today()
    agency = _agency(key, today)
    portrait = portrait_of(agency.code, today) if agency else None
    if agency is None or portrait is None:
        return None
    values = {"p": portrait, "of_county": not key, **_contents(agency, portrait, today)}
    if not key:
        values["others"] = _others(today)
    where = addresses.address(guide_path(key))
    return page("portal/guide.html", where, values, meta=column_metadata(TITLE))


def every_guide() -> Iterator[str]:
    today = clock.today()
    named = names_on(today).values()
    if any(name.agency.level in (Level.COUNTY, Level.OFFICE) for name in named):
        yield ""
    yield from sorted(name.agency.code for name in named)


def _contents(agency: Agency, portrait: Portrait, on: date) -> dict[str, object]:
    if portrait.is_gone:
        return {}
    known = known_of(agency, on)
    return {
        "blocks": [(type(block).__name__, block) for block in build_guide(known).blocks],
        "unknown": [label for key, label in LABELS.items() if not known.contact.get(key)],
        "duties": duties(agency, rules_on(on)),
    }


def _agency(key: str, on: date) -> Agency | None:
    if key:
        return Agency.objects.filter(code=key).first()
    # The county's office is its 工作机构 (条例第四条); the county itself where only that is described.
    top = list(Agency.objects.filter(level__in=(Level.OFFICE, Level.COUNTY), ending=None))
    top.sort(key=lambda one: (contact_on(one, on) is None, one.level != Level.COUNTY))
    return top[0] if top else None


def _others(on: date) -> list[tuple[str, str]]:
    """Return code and name of the agencies that are there, in code order."""
    living = set(Agency.objects.exclude(ending__on__lte=on).values_list("pk", flat=True))
    found = [name for key, name in names_on(on).items() if key in living]
    return sorted((name.agency.code, name.name) for name in found)
