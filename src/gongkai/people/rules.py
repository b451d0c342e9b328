"""Who may do what to whose account."""

from __future__ import annotations

from gongkai.people.models import Person, User


def may_keep(person: Person, account: User) -> bool:
    """Whether *person*, a security administrator, may act on *account*: never on their own."""
    return account.person_id != person.pk
