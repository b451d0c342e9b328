"""Every public page against what it should be: what is missing, altered, stale or should not be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.audit import clock
from gongkai.publication.models import WrittenPage
from gongkai.publication.pages import folder, kinds
from gongkai.publication.pages.kinds import PageKind
from gongkai.text.canonical import sha256_hex

Say = Callable[[int, int, str], None]
"""Told how many pages are done, of how many, and which kind is next."""

_EVERY = 100
_SETTLED = 600
"""Seconds after which a file that no page accounts for is no page that was published meanwhile."""


@dataclass(frozen=True)
class Difference:
    """A page that is not as it should be. *kind* is None for a file no kind accounts for."""

    path: str
    what: str
    kind: PageKind | None = None
    key: str = ""


def differences(say: Say) -> Iterator[Difference]:
    """Yield every difference between the public folder and what the ledger makes of it now.

    Each page is rendered anew and compared by hash with the file, whatever the manifest says: a file that somebody
    changed, one that is missing, and one nobody was told to write again are all found.
    """
    root = Path(settings.PUBLIC)
    known = dict(WrittenPage.objects.values_list("path", "sha256"))
    pages = [(kind, key) for kind in kinds.registered() for key in kind.every()]
    seen = {kind.path(key) for kind, key in pages}
    done = 0
    for kind, keys in _runs(pages):
        say(done, len(pages), kind.name)
        done += len(keys)
        for key, wanted in zip(keys, _rendered(kind, keys), strict=True):
            path = kind.path(key)
            if what := _difference(wanted, folder.read(root, path), known.get(path)):
                yield Difference(path, what, kind, key)
    yield from _unaccounted(root, seen)
    say(len(pages), len(pages), "")


def _runs(pages: Sequence[tuple[PageKind, str]]) -> Iterator[tuple[PageKind, list[str]]]:
    """Yield *pages* in runs of one kind, none longer than a batch."""
    for kind, run in groupby(pages, key=itemgetter(0)):
        keys = [key for _, key in run]
        for start in range(0, len(keys), _EVERY):
            yield kind, keys[start : start + _EVERY]


@transaction.atomic
def _rendered(kind: PageKind, keys: Sequence[str]) -> list[bytes | None]:
    """Render in one read transaction: a publication meanwhile is seen whole or not at all."""
    return list(kind.pages(keys))


def _difference(wanted: bytes | None, there: bytes | None, noted: str | None) -> str:
    if wanted is None:
        return "不应再公开" if there is not None else ""
    if there is None:
        return "缺少文件"
    if there != wanted:
        return "文件被改动过" if noted and sha256_hex(there) != noted else "内容已过时"
    return "" if noted == sha256_hex(wanted) else "没有登记在清单里"


def _unaccounted(root: Path, seen: set[str]) -> Iterator[Difference]:
    """What stands where our pages stand and is none: old ones the manifest names, and files nobody wrote."""
    noted = set(WrittenPage.objects.values_list("path", flat=True))
    began = clock.now().timestamp() - _SETTLED
    ours = {path.partition("/")[0] for path in seen | noted}
    # What other makers put elsewhere in the folder is none of ours.
    there = {path for path in folder.paths(root) if path.partition("/")[0] in ours}
    for path in sorted((there | noted) - seen):
        if path not in there or (root / path).stat().st_mtime < began:
            yield Difference(path, "不再属于任何页面" if path in noted else "不是本程序写的文件")
