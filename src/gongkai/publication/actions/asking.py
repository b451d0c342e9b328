"""Asking for pages that something other than a publication changed, or that a new day changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.publication.actions.pages import ask_for
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.pages.dated import of_the_day
from gongkai.publication.pages.kinds import PageKind, kind_of


def ask_soon(pages: Iterable[tuple[str, str]]) -> None:
    """Make *pages* (kind, key) due in the caller's transaction; the worker begins once that is committed.

    Raises ``LookupError`` for a kind nobody registered.
    """
    ask_for((_known(name), key) for name, key in pages)
    transaction.on_commit(begin_writing)


def ask_for_the_day() -> int:
    """Make due whatever a new day may change; return how many pages."""
    pages = list(of_the_day())
    ask_for(pages)
    return len(pages)


def _known(name: str) -> PageKind:
    found = kind_of(name)
    if found is None:
        raise LookupError(name)
    return found
