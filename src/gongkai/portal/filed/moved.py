"""Old addresses that lead to present ones: a page that says where to, and takes a browser there by itself."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.publication.models import Redirect


def render_moved(key: str) -> bytes | None:
    """The page at an old address (*key*, without its first slash)."""
    found = Redirect.objects.filter(path=f"/{key}").first()
    if found is None:
        return None
    return page("portal/moved.html", found.path, {"moved": found}, meta=())


def moved_path(key: str) -> str:
    return key + addresses.INDEX if key.endswith("/") else key


def every_moved() -> Iterator[str]:
    for path in Redirect.objects.order_by("pk").values_list("path", flat=True):
        yield path.removeprefix("/")
