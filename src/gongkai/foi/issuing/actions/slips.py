"""The proof of service that goes out with a letter and comes back signed: it names the letter (送达回证)."""

from __future__ import annotations

from dataclasses import replace

from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.facts import Facts
from gongkai.foi.issuing.actions.writing import Sending, write_letter
from gongkai.foi.issuing.addressee import Nameless, asking_of, identity_of, reached
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.telling import base_facts
from gongkai.foi.serving.models import ServiceAttempt
from gongkai.law.letters import LETTERS, code_of
from gongkai.law.service import MEANS, Means
from gongkai.letters.facts import Service
from gongkai.letters.slots import day
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable

PROOF = code_of("proof")
"""The proof of service; the slip an opinion is written on is another letter."""
_ON_PAPER = frozenset({Means.HANDED, Means.ENTRUSTED, Means.LEFT, Means.POST})


def write_slip(
    known: Facts, attempt: ServiceAttempt, letter: IssuedLetter, *, by: Person
) -> IssuedLetter | None:
    """Write the slip of *attempt*, which carries *letter*; None for a way that no paper proves.

    Raises :class:`CaseRefused`.
    """
    means = Means(attempt.means)
    if means not in _ON_PAPER:
        return None
    try:
        asking, identity = asking_of(known.case), identity_of(known.case)
    except (Nameless, Unreadable) as refused:
        raise CaseRefused(str(refused)) from refused
    facts = replace(
        base_facts(known, asking, identity),
        service=Service(_way(attempt), reached(identity, means)),
        served_documents=(named(letter),),
    )
    return write_letter(PROOF, known, facts, Sending(attempt.uid, to_applicant=False), by=by)


def _way(attempt: ServiceAttempt) -> str:
    title = MEANS[Means(attempt.means)].title
    return f"{title}，邮件号码{attempt.tracking}" if attempt.tracking else title


def named(letter: IssuedLetter) -> str:
    """Return *letter* by title, number, day and the first signs of its hash: that one and no other."""
    told = "，".join(filter(None, (letter.number, f"{day(letter.signed_on)}成文")))
    return f"《{LETTERS[letter.code].title}》（{told}，校验值{letter.pdf_sha256[:16]}）"
