"""Writing to others than the applicant: an enquiry with what goes with it, and what came of an objection."""

from __future__ import annotations

from dataclasses import replace

from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.consulting import NAMED
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import Consultation
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.actions.writing import Sending, write_letter
from gongkai.foi.issuing.addressee import Asking, asking_of
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import (
    ANSWER_SLIP,
    TOLD,
    Told,
    companions,
    told_before,
    told_with,
)
from gongkai.foi.issuing.others import (
    consulting_facts,
    enquiry_facts,
    overridden,
    overriding_facts,
    way_to,
)
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.issuing.typed import PUBLIC_INTEREST
from gongkai.law.intervals import Kind
from gongkai.law.letters import ENQUIRIES, code_of
from gongkai.letters.facts import LetterFacts
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable

OVERRIDING = code_of("overriding")
"""The letter to a third party whose objection gives way."""


def write_enquiry(
    known: Facts, asked: Consultation, told: Told, about: tuple[Asking, Identity], *, by: Person
) -> IssuedLetter:
    """Write the letter that asks, its reply slip, and what the applicant is told: one act, one transaction.

    The applicant is told once of what was sent on one day (:func:`told_with`). Raises :class:`CaseRefused`:
    then none of them is there.
    """
    asking, identity = about
    code = ENQUIRIES[asked.whom]
    facts = enquiry_facts(known, asked, asking, told)
    _refuse_unsaid(facts, asked, identity)
    out = Sending(asked.uid, to_applicant=False, way=way_to(asked))
    letter = write_letter(code, known, facts, out, by=by)
    if ANSWER_SLIP in companions(known, asked, facts.matter):
        write_letter(ANSWER_SLIP, known, replace(facts, enquiry=letter.number), out, by=by)
    told_in = _told(known, asked, facts.matter, about, by)
    Consultation.objects.filter(pk=asked.pk).update(matter=facts.matter, told_in=told_in)
    return letter


def _told(
    known: Facts, asked: Consultation, matter: str, about: tuple[Asking, Identity], by: Person
) -> int | None:
    """Tell the applicant what nobody has told him of that day; return the key of the letter that says it."""
    together = told_with(known, asked, matter)
    if not together:
        return told_before(known, asked, matter)
    matters = [matter, *(one.matter for one in together[1:])]
    facts = consulting_facts(known, asked.asked_on, matters, base_facts(known, *about))
    letter = write_letter(TOLD, known, facts, Sending(asked.uid, way=about[0].way), by=by)
    Consultation.objects.filter(pk__in=[one.pk for one in together]).update(told_in=letter)
    return letter.pk


def write_to_overridden(known: Facts, draft: Draft, *, by: Person) -> None:
    """Write to each third party whose objection gives way to the public interest (条例第三十二条), as it is decided.

    Raises :class:`CaseRefused`: then nothing is signed.
    """
    if not draft.facts.get(PUBLIC_INTEREST):
        return
    for asked in overridden(known, draft):
        try:
            facts = overriding_facts(known, asked, draft, asking_of(known.case))
        except Unreadable as refused:
            raise CaseRefused(str(refused)) from refused
        out = Sending(asked.uid, to_applicant=False, way=way_to(asked))
        write_letter(OVERRIDING, known, facts, out, by=by)


def _refuse_unsaid(facts: LetterFacts, asked: Consultation, identity: Identity) -> None:
    if not facts.matter:
        raise CaseRefused(
            "请写明征求意见的是哪些信息（条例第三十二条、第三十四条）：登记时没有写，印发时须补上。"
        )
    named = facts.consulted.name if facts.consulted else ""
    if asked.whom == Kind.THIRD_PARTY.value and named in facts.matter:
        raise CaseRefused(NAMED)
    if asked.whom == Kind.THIRD_PARTY.value and identity.name in f"{facts.matter}{facts.reasons}":
        raise CaseRefused(
            "写给第三方的文书里不能写申请人的姓名或者名称（个人信息保护法第五条、第六条）；请改写。"
        )
