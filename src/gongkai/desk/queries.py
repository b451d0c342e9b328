"""Reading what a person has typed and not yet handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.desk.models import KeptForm
from gongkai.desk.sealed import PURPOSE
from gongkai.people.models import Person
from gongkai.text.canonical import from_canonical
from gongkai.vault.cipher import Sealed, Unreadable, reveal


def kept_form(person: Person, place: str) -> tuple[Mapping[str, str], datetime] | None:
    """Return what *person* has typed at *place*, and when, or None. What cannot be opened is nothing."""
    row = KeptForm.objects.filter(person=person, place=place).first()
    if row is None:
        return None
    sealed = Sealed(bytes(row.ciphertext), row.key_id, row.alg)
    try:
        plain = reveal(sealed, purpose=PURPOSE, bound=str(person.uid).encode())
    except Unreadable:
        return None
    values = from_canonical(plain)
    assert isinstance(values, dict)  # noqa: S101  # authenticated bytes we wrote as an object
    return {name: str(value) for name, value in values.items()}, row.kept_at
