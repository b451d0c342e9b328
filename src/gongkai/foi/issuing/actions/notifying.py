"""Writing a letter that tells of a step: receipt, correction, reasons, a longer limit, a fee, an enquiry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import permit
from gongkai.foi.issuing.actions.enquiring import write_enquiry
from gongkai.foi.issuing.actions.writing import Sending, write_letter
from gongkai.foi.issuing.addressee import Nameless, asking_of, identity_of
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import Due, Told, notice_facts, notices_due
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.models import Case
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable


@transaction.atomic
def write_notice(
    case: Case, *, letter: str, told: Told, on: date, order: Order | None = None, by: Person
) -> IssuedLetter:
    """Write a letter that the records of the case call for; what is the applicant's may be taken at once.

    *letter* is its code, or its key where several of that code may be due. An enquiry is written with its
    slip and what the applicant is told. Raises :class:`CaseRefused` for one that nothing calls for or that
    was written, and with its faults.
    """
    known = permit(case, "notify", on=on, by=by, order=order)
    due = _wanted(notices_due(known), letter)
    _refuse_days(due, told, on)
    try:
        asking, identity = asking_of(case), identity_of(case)
        if due.asked is not None:
            return write_enquiry(known, due.asked, told, (asking, identity), by=by)
    except (Nameless, Unreadable) as refused:
        raise CaseRefused(str(refused)) from refused
    facts = replace(base_facts(known, asking, identity), **notice_facts(known, due, told))
    return write_letter(due.code, known, facts, Sending(due.subject, way=asking.way), by=by)


def _wanted(due: Sequence[Due], letter: str) -> Due:
    found = next((one for one in due if letter in (one.code, one.key)), None)
    if found is None:
        raise CaseRefused(
            "这份告知书已经印发，或者案件还没有办到这一步；请刷新，看案件页的“文书”。"
        )
    return found


def _refuse_days(due: Due, told: Told, on: date) -> None:
    if due.until and (told.until is None or told.until <= on):
        raise CaseRefused(f"《{due.title}》要写明截止日期，应在成文日期 {on} 之后；请填写。")
    if on < due.on:
        raise CaseRefused(
            f"成文日期 {on} 早于这一步登记的日期 {due.on}，文书不能先于所告知的事；请核对日期。"
        )
