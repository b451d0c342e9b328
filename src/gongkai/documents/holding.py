"""What holds files of an edition beside its attachments: a room above registers its rows here.

A file is destroyed with the last text that holds it, and not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, OuterRef, QuerySet

from gongkai.documents.canonical import GONE


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


def holders() -> Iterator[Holder]:
    """Yield what holds files."""
    yield from _holders
