"""Letting what is public be found, in the transaction that makes it public, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from gongkai.documents.actions import read_unread_files
from gongkai.documents.models import Document
from gongkai.jobs import actions as jobs
from gongkai.jobs.identity import CLOCKWORK
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.found_by import entries_of
from gongkai.publication.models import Publication
from gongkai.search import actions as search
from gongkai.search import snapshot, sources
from gongkai.search.actions.indexing import IndexOutdated
from gongkai.search.entry import Audience
from gongkai.search.jobs import SNAPSHOT


def let_find(publication: Publication) -> None:
    """Let *publication* be found in place of the edition before. Raises :class:`PublicationRefused`."""
    with _told_plainly():
        for entry in entries_of([publication]):
            search.index(entry)


def let_find_all(publications: Sequence[Publication]) -> None:
    """Let *publications*, none of which was found before, be found."""
    search.add(entries_of(publications), audience=Audience.PUBLIC)


def let_find_again(document: Document) -> None:
    """Find *document* by what it is called now, if it is public: another room gave it a number."""
    live = Publication.objects.filter(document=document, live=True)
    for publication in live.select_related("document__agency", "edition"):
        let_find(publication)


def let_find_no_more(document: Document) -> None:
    """Let *document* be found no more, in the snapshot either. Raises :class:`PublicationRefused`."""
    with _told_plainly():
        search.remove(document.uid, audience=Audience.PUBLIC)
    renew_snapshot_soon()


def renew_snapshot_soon() -> None:
    """Have the snapshot written anew after the commit: what was taken away is not to be found in last night's either."""
    transaction.on_commit(_renew_snapshot)


def rebuild_index(say: Callable[[str], None]) -> int:
    """Put what is public now in place of the whole public index; return how many entries that is."""
    read_unread_files()
    with transaction.atomic():
        return search.rebuild(Audience.PUBLIC, sources.every_entry(), say)


@dataclass(frozen=True)
class MendedIndex:
    """How many things were public and not found, and how many were found and not public."""

    missing: int
    surplus: int


def mend_index() -> MendedIndex:
    """Bring the index back to what is public, item by item: whoever publishes meanwhile waits for one at most."""
    read_unread_files()
    missing, surplus = sources.unequal_keys()
    try:
        for uid in missing:
            with transaction.atomic():
                for entry in sources.entries_of([uid]):
                    search.index(entry)
        for uid in surplus:
            with transaction.atomic():
                search.remove(uid, audience=Audience.PUBLIC)
    except IndexOutdated:
        rebuild_index(lambda said: None)  # another version of the program built it
    return MendedIndex(len(missing), len(surplus))


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except IndexOutdated as outdated:
        raise PublicationRefused(f"没有办成。{outdated}") from outdated


def _renew_snapshot() -> None:
    if snapshot.path().exists():
        jobs.start_once(SNAPSHOT, by=CLOCKWORK)
