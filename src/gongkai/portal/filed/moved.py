"""Old addresses that lead to present ones: a page that says where to, and takes a browser there by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.publication.models import Redirect

_SAFE = re.compile(r"/[A-Za-z0-9._~/-]*")
"""What a web server reads as nothing but letters. What is written otherwise is answered by its page alone."""


def render_map(key: str) -> bytes:
    """All old addresses as lines of nginx's ``map``: it answers them with 301 once it has read them."""
    rows = Redirect.objects.order_by("path").values_list("path", "target")
    lines = [f'"{old}" "{new}";\n' for old, new in rows if _SAFE.fullmatch(old + new)]
    return "".join(lines).encode()


def map_path(key: str) -> str:
    return "redirects.map"


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
