"""The receipt, written as a request is registered; where it cannot be yet, the case page offers it (条例第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from gongkai.audit import clock
from gongkai.audit.identity import Actor
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.issuing.actions.writing import Sending, write_letter
from gongkai.foi.issuing.addressee import Nameless, asking_of, identity_of
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import RECEIPT, due_on
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.models import Case
from gongkai.vault.cipher import Unreadable


@dataclass(frozen=True)
class Ticket:
    """What the applicant looks with: the 收件编号, and the query code while anybody knows it."""

    number: str
    code: str


def write_receipt(case: Case, ticket: Ticket, *, by: Actor) -> IssuedLetter | None:
    """Write the receipt of a request just registered, with its query code where that is known.

    None where it cannot be written yet, because nobody has said how the office is reached: a request is
    registered all the same, and its page offers the receipt.
    """
    known = facts_of(case, clock.today())
    try:
        with transaction.atomic():
            asking = asking_of(case)
            facts = replace(
                base_facts(known, asking, identity_of(case)),
                due_on=due_on(known),
                received_as=ticket.number,
                query_code=ticket.code,
            )
            out = Sending(case.uid, way=asking.way)
            return write_letter(RECEIPT, known, facts, out, by=by)
    except (CaseRefused, Nameless, Unreadable):
        return None
