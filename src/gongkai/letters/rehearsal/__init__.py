"""The last reading before signing: a letter is read as opposing counsel would read it, every fault listed."""

from __future__ import annotations

from datetime import date

from gongkai.law.rules import Rules
from gongkai.letters.facts import LetterFacts
from gongkai.letters.rehearsal import cited_law, complaints, evidence, heads, why
from gongkai.letters.rehearsal.defect import Check, Defect, Reading

__all__ = ["CHECKS", "Defect", "rehearse"]

CHECKS: tuple[Check, ...] = (
    cited_law.outcome,
    cited_law.grounds,
    cited_law.in_force,
    why.reasons,
    why.separation,
    why.risk,
    evidence.third_party,
    evidence.search,
    evidence.responsible,
    complaints.complaint,
    evidence.parts,
    heads.addressee,
    heads.agent,
    heads.number,
    heads.dates,
    heads.service,
    heads.purpose,
    heads.enclosures,
)


def rehearse(code: str, facts: LetterFacts, on: date, rules: Rules) -> tuple[Defect, ...]:
    """Return every fault of letter *code* as it would be signed, read on the day *on*; none if it is clean."""
    reading = Reading(code, facts, on, rules)
    return tuple(defect for check in CHECKS for defect in check(reading))
