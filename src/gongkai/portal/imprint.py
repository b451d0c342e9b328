"""What every public page has to say of the site: its foot and its tags, from one place (国办发〔2017〕47号附件)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Line:
    """A line of the foot."""

    label: str
    text: str


def foot() -> list[Line]:
    """Return what the foot says; what the county has not told is left out."""
    told = settings.IMPRINT
    lines = (
        Line("主办单位", told.sponsor),
        Line("联系方式", told.contact),
        Line("网站标识码", told.site_code),
        Line("ICP备案", told.icp),
        Line("公安备案", told.police),
    )
    return [line for line in lines if line.text]


def faults_address() -> str:
    """Return where faults of the site are reported, or nothing."""
    return str(settings.IMPRINT.faults_url)


def site_metadata(owner: str) -> list[tuple[str, str]]:
    """Return the tags that are the same on every page of *owner*'s site."""
    tags = [
        ("SiteName", f"{owner}政务公开"),
        ("SiteDomain", urlsplit(settings.SITE_URL).hostname or ""),
        ("SiteIDCode", settings.IMPRINT.site_code),
    ]
    return [(name, content) for name, content in tags if content]
