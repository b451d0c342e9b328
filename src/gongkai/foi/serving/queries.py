"""What can be served now, what was, and the days that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.foi.handling.models import Consultation
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, State
from gongkai.foi.serving.models import Result, ServiceAttempt, ServicePaper, What
from gongkai.law.errors import LawError
from gongkai.law.letters import ENQUIRIES, LETTERS
from gongkai.law.rules import Rules
from gongkai.law.service import MEANS, Means, Served, Windows, served, windows

_BY_EVENT = {
    What.CORRECTION: EventKind.CORRECTION_ASKED,
    What.EXTENSION: EventKind.EXTENDED,
    What.REASON: EventKind.REASON_ASKED,
    What.DELAY: EventKind.DELAYED,
    What.FEE: EventKind.FEE_ASKED,
}


@dataclass(frozen=True)
class Tried:
    """An attempt with the day it counts as served: None while there is no proof, or it failed."""

    attempt: ServiceAttempt
    day: Served | None

    @property
    def title(self) -> str:
        """What was sent, by the name and number of the letter where it is kept."""
        letter, asked = self.attempt.letter, self.attempt.asked
        if letter is None:
            return Outgoing(What(self.attempt.what), asked).label
        return f"{LETTERS[letter.code].title}{f'（{letter.number}）' if letter.number else ''}"

    @property
    def rule(self) -> str:
        way = MEANS[Means(self.attempt.means)]
        return f"{way.rule}（{way.basis}）"


@dataclass(frozen=True)
class Outgoing:
    """What there is to serve: *what*, and whose opinion is *asked* where it goes to them.

    *n*: which of the case's letters asking for opinions that is, from one; *number*: its 文号, where it is kept.
    """

    what: What
    asked: Consultation | None = None
    n: int = field(default=0, compare=False)
    number: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What tells it from whatever else the case has to serve."""
        return self.what.value if self.asked is None else f"{self.what.value}-{self.asked.uid}"

    @property
    def label(self) -> str:
        """What it is called; never who is asked, unless that is an organ."""
        if self.asked is None:
            return str(self.what.label)
        title = LETTERS[ENQUIRIES[self.asked.whom]].title
        title = title if self.what is What.ENQUIRY else str(self.what.label)
        told = (f"第 {self.n} 份" if self.n else "", self.number, self.asked.organ)
        return f"{title}（{'，'.join(filter(None, (*told, f'{self.asked.asked_on} 征求')))}）"


def attempts_of(case: Case) -> list[ServiceAttempt]:
    """Return every attempt of *case*, the first first."""
    tries = case.service_attempts.order_by("pk").select_related("sent_by", "letter", "asked")
    return list(tries.defer("letter__ciphertext", "asked__ciphertext", "asked__opinion_ciphertext"))


def attempts_to_applicant(case: Case) -> list[ServiceAttempt]:
    """Return the attempts of *case* to serve its applicant: the others are not his to see."""
    return [one for one in attempts_of(case) if one.asked_id is None]


def letter_to_serve(letters: Sequence[IssuedLetter], out: Outgoing) -> IssuedLetter | None:
    """Return which of a case's *letters* is meant: to the applicant the last of its kind, to others theirs.

    None where it was written elsewhere.
    """
    if out.asked is None:
        mine = (one for one in letters if one.to_applicant)
    else:
        uid = out.asked.uid
        mine = (one for one in letters if not one.to_applicant and one.subject_uid == uid)
    found = [one for one in mine if LETTERS[one.code].served_as == out.what]
    return found[-1] if found else None


def papers_of(case: Case) -> dict[int, list[ServicePaper]]:
    """Return the papers of each attempt, without what is in them; destroyed ones are left out."""
    held = ServicePaper.objects.filter(attempt__case=case).exclude(ciphertext=b"")
    found: dict[int, list[ServicePaper]] = {}
    for paper in held.defer("ciphertext").order_by("pk"):
        found.setdefault(paper.attempt_id, []).append(paper)
    return found


def tried(attempts: Iterable[ServiceAttempt], rules: Rules) -> list[Tried]:
    """Return *attempts* with the days that follow from their slips."""
    return [Tried(one, day_of(one, rules)) for one in attempts]


def day_of(attempt: ServiceAttempt, rules: Rules) -> Served | None:
    """Return the day *attempt* counts as served, None while it does not."""
    if attempt.result != Result.DELIVERED:
        return None
    return served(Means(attempt.means), attempt.sent_on, attempt.ended_on, rules)


def delivered(attempts: Iterable[ServiceAttempt], what: What) -> ServiceAttempt | None:
    """Return the attempt by which *what* reached the applicant."""
    found = (one for one in attempts if one.what == what and one.result == Result.DELIVERED)
    return next(found, None)


def to_send(
    case: Case,
    events: Sequence[Happening],
    attempts: Sequence[ServiceAttempt],
    consultations: Sequence[Consultation],
    letters: Sequence[IssuedLetter],
) -> tuple[Outgoing, ...]:
    """Return what there is to serve and is neither under way nor served, the decision first."""
    going = {
        (one.what, one.asked_id)
        for one in attempts
        if one.result in (Result.WAITING, Result.DELIVERED)
    }
    there = {event.kind for event in events}
    written = [Outgoing(What.DECISION)] if case.state == State.DECIDED else []
    if case.decided_on is None:
        written += [Outgoing(what) for what, kind in _BY_EVENT.items() if kind in there]
    for n, asked in enumerate(consultations, 1):
        written += _to_asked(case, asked, n, letters)
    return tuple(one for one in written if (one.what, one.asked and one.asked.pk) not in going)


def _to_asked(
    case: Case, asked: Consultation, n: int, letters: Sequence[IssuedLetter]
) -> list[Outgoing]:
    """Return what goes to whoever is *asked*: the enquiry until it is there, then what came of an objection.

    An enquiry may have been written elsewhere; that its receipt was recorded without an attempt, as before
    there were any, serves it as well.
    """
    enquiry, overriding = Outgoing(What.ENQUIRY, asked, n), Outgoing(What.OVERRIDING, asked, n)
    waits = not asked.settled and asked.received_on is None and case.decided_on is None
    found = [enquiry] if waits and asked.whom in ENQUIRIES else []
    if letter_to_serve(letters, overriding) is not None:
        found.append(overriding)
    carried = [(one, letter_to_serve(letters, one)) for one in found]
    return [replace(one, number=letter.number if letter else "") for one, letter in carried]


def on_their_way(case: Case, attempts: Iterable[ServiceAttempt]) -> list[ServiceAttempt]:
    """Return the attempts whose result is waited for: once the answer is served, those to others alone."""
    served = case.state == State.SERVED
    return [one for one in attempts if one.waiting and (one.asked_id is not None or not served)]


def written_on(case: Case, events: Sequence[Happening], out: Outgoing) -> date | None:
    """Return the day *out* was written: it cannot have gone out before."""
    if out.what is What.ENQUIRY and out.asked is not None:
        return out.asked.asked_on
    if out.what in (What.DECISION, What.OVERRIDING):
        return case.decided_on
    days = [event.on for event in events if event.kind is _BY_EVENT[out.what]]
    return days[-1] if days else None


def windows_of(
    case: Case, attempts: Iterable[ServiceAttempt], rules: Rules
) -> tuple[Windows | None, str]:
    """Return until when *case* may be complained of, or None and in Chinese why that is not known.

    Nothing before service is proved, and nothing for a case served before attempts were recorded: when
    its applicant knew is not on file.
    """
    attempt = delivered(attempts, What.DECISION)
    if attempt is None or case.decided_on is None or not case.outcome:
        return None, ""
    try:
        day = day_of(attempt, rules)
        return (
            (windows(case.outcome, case.decided_on, day.known_on, rules), "") if day else (None, "")
        )
    except LawError as trouble:
        return None, str(trouble)


def in_time(case: Case, due: date | None) -> bool | None:
    """Whether the answer was served by its last day; None while it is not served, or has no last day."""
    return None if case.served_on is None or due is None else case.served_on <= due
