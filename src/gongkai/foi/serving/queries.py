"""What can be served now, what was, and the days that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, State
from gongkai.foi.serving.models import Result, ServiceAttempt, ServicePaper, What
from gongkai.law.errors import LawError
from gongkai.law.letters import LETTERS
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
        letter = self.attempt.letter
        if letter is None:
            return self.attempt.get_what_display()
        return f"{LETTERS[letter.code].title}{f'（{letter.number}）' if letter.number else ''}"

    @property
    def rule(self) -> str:
        way = MEANS[Means(self.attempt.means)]
        return f"{way.rule}（{way.basis}）"


def attempts_of(case: Case) -> list[ServiceAttempt]:
    """Return every attempt of *case*, the first first."""
    tries = case.service_attempts.order_by("pk").select_related("sent_by", "letter")
    return list(tries.defer("letter__ciphertext"))


def letter_to_serve(letters: Sequence[IssuedLetter], what: What) -> IssuedLetter | None:
    """Return which of a case's *letters* to the applicant *what* means: the last of its kind.

    None where it was written elsewhere.
    """
    mine = (one for one in letters if one.to_applicant)
    found = [one for one in mine if LETTERS[one.code].served_as == what]
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
    case: Case, events: Sequence[Happening], attempts: Sequence[ServiceAttempt]
) -> tuple[What, ...]:
    """Return what there is to serve and is neither under way nor served, the decision first."""
    going = {one.what for one in attempts if one.result in (Result.WAITING, Result.DELIVERED)}
    there = {event.kind for event in events}
    written = [What.DECISION] if case.state == State.DECIDED else []
    if case.decided_on is None:
        written += [what for what, kind in _BY_EVENT.items() if kind in there]
    return tuple(what for what in written if what.value not in going)


def written_on(case: Case, events: Sequence[Happening], what: What) -> date | None:
    """Return the day *what* was written: it cannot have gone out before."""
    if what is What.DECISION:
        return case.decided_on
    days = [event.on for event in events if event.kind is _BY_EVENT[what]]
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
