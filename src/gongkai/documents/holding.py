"""What else keeps something of a text: a room above registers here whose files it holds, and how it forgets.

A file is destroyed with the last text that holds it, and not before. Copies of what a text said are forgotten in the
transaction that destroys it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model, OuterRef, QuerySet

from gongkai.audit.subscribers import Told, subscribe
from gongkai.documents.canonical import GONE
from gongkai.documents.models import Document

DESTROYED = "document.destroyed"
"""The event that tells of it."""


@dataclass(frozen=True)
class Holder:
    """Rows of *model* that hold the file *blob* of an *edition*; both are names of its fields."""

    model: type[Model]
    blob: str
    edition: str

    def gone(self) -> QuerySet[Model]:
        """Return, for a query over files, the rows of texts that were destroyed."""
        return self._rows().filter(**{f"{self.edition}__title": GONE})

    def standing(self) -> QuerySet[Model]:
        """Return, for a query over files, the rows of texts that stand."""
        return self._rows().exclude(**{f"{self.edition}__title": GONE})

    def _rows(self) -> QuerySet[Model]:
        return self.model._default_manager.filter(**{self.blob: OuterRef("pk")})


_holders: list[Holder] = []


def register_holder(holder: Holder) -> None:
    """Have the rows of *holder* keep the files they name."""
    _holders.append(holder)


def when_destroyed(forget: Callable[[Document], None]) -> None:
    """Have *forget* called with each document whose text is being destroyed."""

    def heard(told: Told) -> None:
        if told.kind == DESTROYED:
            forget(Document.objects.get(uid=told.subject.removeprefix("document:")))

    subscribe("document", heard)


def holders() -> Iterator[Holder]:
    """Yield what holds files."""
    yield from _holders
