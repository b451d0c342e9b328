"""What was sent to the applicant and what is asked of them: letters, the days that follow, a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused
from gongkai.foi.charging.models import FeeNotice
from gongkai.foi.charging.queries import PAY_LIMIT, last_day_to_pay, notices_of, reckoned
from gongkai.foi.issuing.telling import letter_of
from gongkai.foi.machine import Happening
from gongkai.foi.models import Case
from gongkai.foi.receiving.models import Submission
from gongkai.foi.serving.actions.recording import confirm_received
from gongkai.foi.serving.models import Result, What
from gongkai.foi.serving.queries import Tried, attempts_to_applicant, delivered, tried, windows_of
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.service import Means
from gongkai.rulebook.queries import rules_on


@dataclass(frozen=True)
class Letter:
    """A letter that went out: its name, how, and the day it counts as served, None while that is not proved."""

    uid: str
    title: str
    means: str
    tracking: str
    sent_on: date | None
    on: date | None
    rule: str
    confirms: bool


def served_to(case: Case, events: Sequence[Happening]) -> dict[str, object]:
    """Return what the page shows of letters, of the periods to complain, and of a fee."""
    attempts, rules = attempts_to_applicant(case), rules_on(case.received_on)
    now = rules_on(
        clock.today()
    )  # a day of service is judged by what held when the letter went out
    windows, trouble = windows_of(case, attempts, now)
    under_way = (Result.WAITING, Result.DELIVERED)
    letters = [
        _letter(case, one) for one in tried(attempts, now) if one.attempt.result in under_way
    ]
    if case.served_on is not None and delivered(attempts, What.DECISION) is None:
        letters.append(Letter("", _title(case), "", "", None, case.served_on, "", False))
    fees = [one for one in notices_of(case, events) if one.state != FeeNotice.State.CANCELLED]
    return {
        "deliveries": letters,
        "windows": windows,
        "windows_trouble": trouble,
        "pay_limit": rules.limit(PAY_LIMIT) if fees else None,
        "fees": [(one, reckoned(one), last_day_to_pay(one.arrived_on, rules)) for one in fees],
    }


def confirm_letter(found: Submission, uid: str) -> None:
    """Record that the applicant has the letter *uid*, sent electronically. Raises :class:`CaseRefused`."""
    attempts = attempts_to_applicant(found.case) if found.case else []
    attempt = next((one for one in attempts if str(one.uid) == uid), None)
    if attempt is None:
        raise CaseRefused("没有这份等待您确认的文书；请重新查询后再点。")
    confirm_received(attempt)


def _letter(case: Case, one: Tried) -> Letter:
    attempt = one.attempt
    decision = attempt.letter is None and attempt.what == What.DECISION
    title = _title(case) if decision else one.title
    return Letter(
        uid=str(attempt.uid),
        title=title,
        means=attempt.get_means_display(),
        tracking=attempt.tracking,
        sent_on=attempt.sent_on,
        on=one.day.served_on if one.day else None,
        rule=f"{one.day.rule}（{one.day.basis}）" if one.day else "",
        confirms=attempt.waiting and attempt.means == Means.ELECTRONIC,
    )


def _title(case: Case) -> str:
    letter = LETTERS.get(letter_of(case, case.outcome)) if case.outcome in OUTCOMES else None
    return letter.title if letter else str(What.DECISION.label)
