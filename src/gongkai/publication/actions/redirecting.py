"""Letting an old address lead to a present one, for ever."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.publication.actions.alerting import STREAM
from gongkai.publication.actions.asking import ask_soon
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Redirect, WrittenPage
from gongkai.publication.redirect_table import as_folder
from gongkai.publication.rules import ALERTERS, may_alert

_PLAIN = re.compile(r"/[A-Za-z0-9_~-][A-Za-z0-9._~/-]*")
_PAGES = ("/", ".html", ".htm", ".shtml")
"""How an address ends that a web server hands out as a page without being told more."""
MAP = "redirect-map"
"""The kind of page that tells a web server all old addresses."""
TAKEN = "这个旧网址已经有去向，网址一经使用不再改作他用（不变量三）。请核对后改用别的旧网址。"


@transaction.atomic
def redirect(path: str, *, to: str, kind: str, reason: str, by: Person) -> Redirect:
    """Have the old address *path* lead to the present one *to*.

    Raises :class:`PublicationRefused` for an address that cannot be one, that this site answers at, or that leads
    nowhere; ``RoleRefused`` for somebody who does not answer for the whole site.
    """
    authorise(by, may_alert, step="登记网址转向", whose=ALERTERS)
    row = Redirect(
        path=as_folder(path.strip()),
        target=as_folder(to.strip()),
        kind=kind,
        reason=reason.strip(),
        by_person=by,
        at=clock.now(),
    )
    refuse_old(row.path)
    refuse_new(row.target)
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        raise PublicationRefused("；".join(wrong.messages)) from wrong
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise PublicationRefused(TAKEN) from taken
    ask_soon([("redirect", row.path.removeprefix("/")), (MAP, "")])
    payload = {"path": row.path, "target": row.target, "kind": row.kind}
    record("redirect.entered", stream=STREAM, subject=f"redirect:{row.uid}", payload=payload, by=by)
    return row


def refuse_old(path: str) -> None:
    """Raise :class:`PublicationRefused` for what cannot be an old address."""
    if path == "/":
        raise PublicationRefused("这个网址是本站的首页，不能转向别处。")
    if not _PLAIN.fullmatch(path) or "//" in path or "/." in path or not path.endswith(_PAGES):
        raise PublicationRefused(
            "旧网址应以 / 开头，只含字母、数字和 . _ ~ - /，以 / 或者 .html、.htm、.shtml 结尾，不含域名和问号。"
        )
    if path.split("/")[1] in _roots():
        raise PublicationRefused(
            "这个网址在本站正在使用的目录里，不能转向别处（网址不改作他用，不变量三）。"
        )
    if _stands_in_the_way(path):
        raise PublicationRefused(
            "这个网址和已有的网址一个是网页、一个是它下面的目录，不能并存。请核对旧网站的网址。"
        )
    if Redirect.objects.filter(path=path).exists():
        raise PublicationRefused(TAKEN)
    if (Path(settings.PUBLIC) / _file(path)).exists():
        raise PublicationRefused(
            "这个网址上已有一个文件，不能转向别处（网址不改作他用，不变量三）。请核对后改用别的旧网址。"
        )


def _stands_in_the_way(path: str) -> bool:
    """Whether *path*, or one it lies below, is a file where the other needs a folder."""
    below = Redirect.objects.filter(path__startswith=f"{path}/") if path[-1] != "/" else None
    return Redirect.objects.filter(path__in=files_above(path)).exists() or (
        below is not None and below.exists()
    )


def files_above(path: str) -> list[str]:
    """Return the addresses that would be files where *path* needs folders."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:n]) for n in range(1, len(parts) + path.endswith("/"))]


def _file(path: str) -> str:
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


def refuse_new(target: str) -> None:
    """Raise :class:`PublicationRefused` for an address that opens nothing here."""
    if Redirect.objects.filter(path=target).exists():
        raise PublicationRefused("新网址本身也已转向别处，请直接写最后的网址。")
    if WrittenPage.objects.filter(path=_file(target)).exists():
        return
    try:
        if not target.startswith("/desk/"):
            resolve(target)
            return
    except Resolver404:
        pass
    raise PublicationRefused("新网址在本站打不开，请核对：应以 / 开头，不含域名。")


def _roots() -> frozenset[str]:
    """Return the first parts of every address this site answers at."""
    static = settings.STATIC_URL.strip("/")
    return frozenset([*_firsts(get_resolver().url_patterns, ""), static])


def _firsts(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
    found: list[str] = []
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver) and not route:
            found += _firsts(one.url_patterns, route)
        else:
            found.append(route.split("/")[0])
    return found
