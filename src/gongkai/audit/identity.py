"""What every row is known by outside the database, and who acts on it."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7


def new_uid() -> UUID:
    """Return a fresh UUIDv7: sorted by time of making, unique without asking the database."""
    return uuid7()


class Identified(models.Model):
    """A row with a uid. The uid goes into URLs, exports and hashes; the primary key never leaves."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)

    class Meta:
        abstract = True


class Actor(Protocol):
    """Whoever answers for a change: a person, or a named program acting on a person's order."""

    @property
    def uid(self) -> UUID: ...

    @property
    def name(self) -> str: ...
