"""Waiting for one's turn to change an agency."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.people.models import Person


def take_turn(*agencies: Agency) -> None:
    """Hold the rows of *agencies* until commit: whoever comes second waits, and then sees what was done.

    An UPDATE that changes nothing takes the row lock on PostgreSQL and is harmless under SQLite's
    single writer. In the order of the keys, so that two people never wait for each other.
    """
    for key in sorted({agency.pk for agency in agencies}):
        Agency.objects.filter(pk=key).update(code=models.F("code"))


def one_at_a_time(person: Person) -> None:
    """Hold the row of *person* until commit, so that two appointments of one person are seen in turn."""
    Person.objects.filter(pk=person.pk).update(staff_no=models.F("staff_no"))
