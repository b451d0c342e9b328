"""Letting what is public be found, in the transaction that makes it public, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from gongkai.documents.models import Document
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.found_by import entries_of, every_entry
from gongkai.publication.models import Publication
from gongkai.search import actions as search
from gongkai.search.actions.indexing import IndexOutdated
from gongkai.search.entry import Audience


def let_find(publication: Publication) -> None:
    """Let *publication* be found in place of the edition before. Raises :class:`PublicationRefused`."""
    try:
        for entry in entries_of([publication]):
            search.index(entry)
    except IndexOutdated as outdated:
        raise PublicationRefused(f"没有发布。{outdated}") from outdated


def let_find_all(publications: Sequence[Publication]) -> None:
    """Let *publications*, none of which was found before, be found."""
    search.add(entries_of(publications), audience=Audience.PUBLIC)


def let_find_again(document: Document) -> None:
    """Find *document* by what it is called now, if it is public: another room gave it a number."""
    live = Publication.objects.filter(document=document, live=True)
    for publication in live.select_related("document__agency", "edition"):
        let_find(publication)


def let_find_no_more(document: Document) -> None:
    """Let *document* be found no more."""
    search.remove(document.uid, audience=Audience.PUBLIC)


@transaction.atomic
def rebuild_index(say: Callable[[str], None]) -> int:
    """Put what is public now in place of the whole public index; return how many items that is."""
    return search.rebuild(Audience.PUBLIC, every_entry(), say)
