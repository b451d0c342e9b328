"""The letters and enclosures of a case, without their bytes; a letter as it would be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from gongkai.audit import clock
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import Facts, letters_of
from gongkai.foi.issuing.addressee import STANDS_IN, asking_of
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.issuing.notices import RECEIPT
from gongkai.foi.issuing.reading import missing_of, read_through
from gongkai.foi.issuing.telling import decision_facts, letter_of
from gongkai.foi.models import Case
from gongkai.foi.receiving.queries import agent_unproved
from gongkai.foi.serving.models import Result, What
from gongkai.law.letters import LETTERS
from gongkai.law.service import Means
from gongkai.letters.composing import Letter, LetterRefused, compose
from gongkai.letters.facts import LetterFacts
from gongkai.letters.queries import words_on
from gongkai.letters.rehearsal import Defect
from gongkai.letters.showing import Shown, shown
from gongkai.rulebook.queries import rules_on
from gongkai.screening.queries import open_concerns_of, screenings_of
from gongkai.screening.rules import RELEASERS
from gongkai.vault.cipher import Unreadable


def receipt_of(case: Case) -> IssuedLetter | None:
    """Return the receipt of *case* without its bytes; None while nobody has written it."""
    found = IssuedLetter.objects.filter(case=case, code=RECEIPT)
    return found.defer("ciphertext").first()


def title_of(letter: IssuedLetter) -> str:
    """Return what *letter* is called."""
    return LETTERS[letter.code].title if letter.code in LETTERS else letter.code


def for_applicant(case: Case) -> list[IssuedLetter]:
    """Return the letters the applicant may open with the query code.

    What asks the applicant for something at once; a decision when it was served, or when the page is the
    way by which it is, or is being tried (电子送达). Nothing while somebody acts whose authority is not on
    file: the code may be theirs.
    """
    if agent_unproved(case, rules_on(clock.today())):
        return []
    told = [letter for letter in letters_of(case) if letter.to_applicant and letter.alg]
    decisions = [letter for letter in told if LETTERS[letter.code].remedy_clause]
    if not decisions or case.served_on is not None or _sent_electronically(case):
        return told
    return [one for one in told if one not in decisions or one.way == Means.ELECTRONIC]


def _sent_electronically(case: Case) -> bool:
    tried = case.service_attempts.filter(what=What.DECISION, means=Means.ELECTRONIC)
    return tried.filter(result__in=(Result.WAITING, Result.DELIVERED)).exists()


def sent_with(letter: IssuedLetter) -> list[Enclosure]:
    """Return the files that went with *letter*, without their bytes."""
    held = Enclosure.objects.filter(letter=letter).exclude(alg="")
    return list(held.defer("ciphertext").order_by("pk"))


@dataclass(frozen=True)
class Held:
    """An enclosure with what still holds it back, in words; *unexamined* by the present rules.

    *screening*: where what holds it back is answered for.
    """

    enclosure: Enclosure
    kinds: str = ""
    unexamined: bool = False
    screening: UUID | None = None

    @property
    def is_held(self) -> bool:
        return bool(self.kinds) or self.unexamined


def held_back(case: Case, enclosures: Sequence[Enclosure]) -> list[Held]:
    """Return *enclosures*, each with what the gate has against it."""
    if not enclosures:
        return []
    found, against = [], open_concerns_of([one.sha256 for one in enclosures], case.agency)
    stopped = [sha256 for sha256, concerns in against.items() if concerns]
    where = screenings_of(stopped, case.agency) if stopped else {}
    for one in enclosures:
        concerns = against[one.sha256]
        kinds = "、".join(dict.fromkeys(each.kind.label for each in concerns or ()))
        found.append(Held(one, kinds, concerns is None, where.get(one.sha256)))
    return found


def held_at_the_gate(enclosure: Enclosure) -> str:
    """Return in words what holds *enclosure* back and who may let it go; nothing where nothing does."""
    (held,) = held_back(enclosure.case, [enclosure])
    if not held.kinds:
        return ""
    return (
        f"“{enclosure.title}”放入了，但被出门检查挡住：有{held.kinds}，这样签发不了。请改好文件，取出旧的、放入新的；"
        f"能放行的，由{RELEASERS}写明理由放行（不能是送检的人），他的待办里有这一项。"
    )


@dataclass(frozen=True)
class Preview:
    """A letter as it would be signed, nobody's name in it: its blocks and its faults, or why it cannot be."""

    code: str
    title: str
    blocks: Sequence[Shown] = ()
    defects: Sequence[Defect] = ()
    refusal: str = ""

    @property
    def blocked(self) -> bool:
        """Whether the head could not sign it as it is."""
        return bool(self.refusal) or any(defect.blocking for defect in self.defects)


def preview_of(known: Facts, draft: Draft) -> Preview | None:
    """Return the letter of *draft* before it is signed; None where its outcome has none."""
    code = letter_of(known.case, draft.outcome)
    if not code:
        return None
    title = LETTERS[code].title
    try:
        facts = drafted_facts(known, draft)
    except Unreadable as unreadable:
        return Preview(code, title, refusal=str(unreadable))
    refusal = "；".join(missing_of(known.case, code, facts))
    defects = read_through(code, facts, known)
    try:
        return Preview(code, title, shown(_composed(code, facts, known).blocks), defects, refusal)
    except LetterRefused as refused:
        return Preview(code, title, (), defects, refusal or ("" if defects else str(refused)))


def drafted_letter(known: Facts, draft: Draft) -> Letter:
    """Return the letter of *draft* to be printed before it is signed. Raises :class:`LetterRefused`."""
    return _composed(letter_of(known.case, draft.outcome), drafted_facts(known, draft), known)


def drafted_facts(known: Facts, draft: Draft) -> LetterFacts:
    """Return what the letter of *draft* would say, nobody's name in it."""
    return decision_facts(known, draft, asking_of(known.case), STANDS_IN)


def _composed(code: str, facts: LetterFacts, known: Facts) -> Letter:
    return compose(code, replace(facts, number=""), words_on(code, known.on))
