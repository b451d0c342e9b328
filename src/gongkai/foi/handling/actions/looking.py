"""Opening who was asked and what they answered: for those who work on the case, and never without a record."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.foi.handling.models import Consultation
from gongkai.foi.handling.sealed import opinion_of, party_of
from gongkai.foi.personal.queries import LOOKED
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class Opened:
    """Who was asked, how to reach them, and the text of the opinion, empty where there is none."""

    name: str
    contact: str
    opinion: str


@transaction.atomic
def look_at_consultation(asked: Consultation, *, reason: Reason, by: Person) -> Opened:
    """Return what a consultation holds sealed, after writing into the agency's log who looked and for what.

    Raises ``RoleRefused``, and :class:`~gongkai.vault.cipher.Unreadable` when it cannot be opened.
    """
    authorise(
        by,
        lambda standing: may_look_at_identity(standing, asked.case),
        step="查看征求意见的对方和意见",
        whose=MAY_LOOK,
    )
    name, contact = party_of(asked) if asked.ciphertext else (asked.organ, "")
    opened = Opened(name, contact, opinion_of(asked) if asked.opinion_ciphertext else "")
    payload: dict[str, Plain] = {"number": asked.case.number, "reason": Reason(reason).value}
    subject = f"case:{asked.case.uid}"
    record(LOOKED, stream=asked.case.agency.code, subject=subject, payload=payload, by=by)
    return opened
