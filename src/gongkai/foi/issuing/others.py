"""What the letters to others than the applicant say: whom is asked, about what, and what came of an objection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import Facts, consultation_limit
from gongkai.foi.handling.models import Consultation
from gongkai.foi.issuing.addressee import STANDS_IN, Asking, other_of
from gongkai.foi.issuing.notices import Told, due_on
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.issuing.typed import OBJECTION, OVERRULED, PUBLIC_INTEREST, WAYS, title_of
from gongkai.law.intervals import Kind
from gongkai.law.outcomes import PARTIAL
from gongkai.law.service import Means
from gongkai.letters.facts import LetterFacts, Opinion, Service
from gongkai.letters.sender import complaint_of

_OBJECTS = "refused_third_party"
"""As what a part is held back for a third party that objects."""


@dataclass(frozen=True)
class Objection:
    """A third party that objects; *n*: which of the letters asking for opinions it answers, from one."""

    n: int
    asked: Consultation

    @property
    def key(self) -> str:
        """What a draft calls it."""
        return f"{OBJECTION}{self.n}"

    @property
    def label(self) -> str:
        """What it is called where somebody decides about it; never who it is."""
        about = f"，{self.asked.matter}" if self.asked.matter else ""
        return f"{title_of(self.key)}（{self.asked.asked_on} 发出{about}）"


def contested(known: Facts, outcome: str, refused_as: Sequence[str]) -> list[Objection]:
    """Return the objections of which the draft has to say whether they are followed (条例第三十二条).

    A severed reply that holds something back for a third party follows the only one that was asked; where
    several were, it may follow one and not another.
    """
    third = [one for one in known.consultations if one.whom == Kind.THIRD_PARTY.value]
    severed = outcome == PARTIAL and _OBJECTS in refused_as
    return _objections(known) if severed and len(third) > 1 else []


def overridable(known: Facts, outcome: str, refused_as: Sequence[str]) -> list[Objection]:
    """Return the objections *outcome* gives way to none of, or not to each."""
    whole = outcome == "granted" or (outcome == PARTIAL and _OBJECTS not in refused_as)
    return _objections(known) if whole else contested(known, outcome, refused_as)


def overridden(known: Facts, draft: Draft) -> list[Consultation]:
    """Return the third parties that object to what *draft* gives out all the same (条例第三十二条)."""
    open_ones = contested(known, draft.outcome, draft.refused_as)
    if open_ones:
        return [one.asked for one in open_ones if draft.facts.get(one.key) == OVERRULED]
    return [one.asked for one in overridable(known, draft.outcome, draft.refused_as)]


def _objections(known: Facts) -> list[Objection]:
    return [
        Objection(n, one)
        for n, one in enumerate(known.consultations, 1)
        if one.whom == Kind.THIRD_PARTY.value and one.consents is False
    ]


def way_to(asked: Consultation) -> Means:
    """By which way whom is asked is written to: an organ by hand, a third party by post."""
    return Means.POST if asked.ciphertext else Means.HANDED


def enquiry_facts(known: Facts, asked: Consultation, asking: Asking, told: Told) -> LetterFacts:
    """Return what the letter to *asked* and its slip say. Who asked for the information is not among it."""
    limit = consultation_limit(asked, known.rules)
    return replace(
        _to_other(known, asked, asking),
        matter=told.matter or asked.matter,
        answer_within=limit.label if limit else "",
        until=told.until,
        reasons=told.reasons,
    )


def consulting_facts(
    known: Facts, asked_on: date, matters: Iterable[str], base: LetterFacts
) -> LetterFacts:
    """Return what the applicant is told: which *matters* are asked about and since when, never who is asked."""
    return replace(
        base,
        matter="；".join(dict.fromkeys(matters)),
        opinion=Opinion(asked_on=asked_on),
        due_on=due_on(known),
    )


def overriding_facts(
    known: Facts, asked: Consultation, draft: Draft, asking: Asking
) -> LetterFacts:
    """Return what a third party is told whose objection gives way to the public interest."""
    return replace(
        _to_other(known, asked, asking),
        matter=asked.matter or draft.facts.get("material", ""),
        reasons=draft.facts.get(PUBLIC_INTEREST, ""),
        opinion=Opinion(asked_on=asked.asked_on, answer="不同意公开"),
        complaint=complaint_of(known.case.agency, "", known.on, known.rules),
    )


def _to_other(known: Facts, asked: Consultation, asking: Asking) -> LetterFacts:
    """What every letter to *asked* says. An organ is reached where it is; its name is its address.

    Raises :class:`~gongkai.vault.cipher.Unreadable`.
    """
    whom = other_of(asked)
    return replace(
        base_facts(known, asking, STANDS_IN),
        consulted=whom,
        service=Service(WAYS[way_to(asked)], whom.contact or whom.name),
    )
