"""Writing people and accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.models import Person, User
from gongkai.text.canonical import Plain

STREAM = "people"


@transaction.atomic
def register_person(*, name: str, staff_no: str, email: str = "", by: Actor | None) -> Person:
    """Enter a person. *by* is None only for the very first one, who then answers for herself."""
    person = Person(name=name, staff_no=staff_no, email=email)
    person.full_clean()
    person.save(force_insert=True)
    payload: dict[str, Plain] = {"person": str(person.uid), "staff_no": staff_no}
    record(
        "person.registered",
        stream=STREAM,
        subject=f"person:{person.uid}",
        payload=payload,
        by=by or person,
    )
    return person


@transaction.atomic
def open_account(
    person: Person, *, login: str, password: str, is_demo: bool = False, by: Actor
) -> User:
    """Give *person* an account. Raises ``ValidationError`` for a password the rules refuse."""
    account = User(person=person, login=login, is_demo=is_demo)
    validate_password(password, account)
    account.set_password(password)
    account.full_clean()
    account.save(force_insert=True)
    payload: dict[str, Plain] = {"person": str(person.uid), "login": login, "demo": is_demo}
    record(
        "account.opened", stream=STREAM, subject=f"account:{account.uid}", payload=payload, by=by
    )
    return account
