"""Writing a letter that tells the applicant of a step: receipt, correction, reasons, a longer limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.issuing.actions.writing import Sending, write_letter
from gongkai.foi.issuing.addressee import Nameless, asking_of, identity_of
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import Told, notice_facts, notices_due
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.models import Case
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable


@transaction.atomic
def write_notice(
    case: Case, *, code: str, told: Told, on: date, order: Order | None = None, by: Person
) -> IssuedLetter:
    """Write the letter *code* that the records of the case call for; the applicant may take it at once.

    Raises :class:`CaseRefused` for one that nothing calls for or that was written, and with its faults.
    """
    known = permit(case, "notify", on=on, by=by, order=order)
    due = next((one for one in notices_due(known) if one.code == code), None)
    if due is None:
        raise CaseRefused(
            "这份告知书已经印发，或者案件还没有办到这一步；请刷新，看案件页的“文书”。"
        )
    if due.until and (told.until is None or told.until <= on):
        raise CaseRefused(f"《{due.title}》要写明截止日期，应在成文日期 {on} 之后；请填写。")
    try:
        asking, identity = asking_of(case), identity_of(case)
    except (Nameless, Unreadable) as refused:
        raise CaseRefused(str(refused)) from refused
    facts = replace(base_facts(known, asking, identity), **notice_facts(known, due, told))
    return write_letter(code, known, facts, Sending(due.subject, way=asking.way), by=by)
