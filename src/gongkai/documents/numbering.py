"""Which numbers documents bear, for the series they come from."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from gongkai.documents.actions import INDEX_SERIES
from gongkai.documents.models import Document
from gongkai.rulebook.numbers import Kind, register


def existing(uids: Collection[UUID]) -> set[UUID]:
    """Return which of *uids* are documents."""
    return set(Document.objects.filter(uid__in=uids).values_list("uid", flat=True))


register(INDEX_SERIES, Kind("索引号流水", existing))
