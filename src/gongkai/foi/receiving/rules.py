"""Who may take in what arrives, until when an applicant may change it, how both sides confirm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from gongkai.agencies.models import ADMINISTRATORS, Agency, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.receiving.models import State, StepKind, Submission, SubmissionStep
from gongkai.law.rules import Rules

RECEIVES = "受理机关的承办、政务公开办"
READS = "受理机关的承办、政务公开办、负责人"
_RECEIVING = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
READING = (*_RECEIVING, Role.LEADER)

CHANGED_WITHIN = timedelta(minutes=10)
"""How long the applicant may change or take back what was sent."""
LEAST_SECONDS = 5
"""A person needs longer than this from opening the form to sending it; a program does not."""
MOST_FILES = 5
AUTHORITY_WANTED = "agent.authority_wanted"


def may_receive(standing: Standing, agency: Agency) -> bool:
    """收件: the officers of the agency it was sent to, and no administrator beside that."""
    return _holds(standing, agency, _RECEIVING)


def may_read(standing: Standing, agency: Agency) -> bool:
    """看申请内容: those officers and their head. It may name people, so nobody else of the agency."""
    return _holds(standing, agency, READING)


def receives_anywhere(standing: Standing) -> bool:
    """Whether there is an agency one takes in for."""
    return standing.is_any(*_RECEIVING) and not standing.is_any(*ADMINISTRATORS)


def _holds(standing: Standing, agency: Agency, roles: tuple[Role, ...]) -> bool:
    if standing.is_any(*ADMINISTRATORS):
        return False
    return any(standing.holds(role, agency) for role in roles)


class How(StrEnum):
    """How one side's confirmation came about."""

    CALL = "call"
    PRESENT = "present"
    TOLD = "told"
    ANSWERED = "answered"
    STATUS_PAGE = "status_page"
    NO_PHONE = "no_phone"
    BAD_PHONE = "bad_phone"
    NO_ANSWER = "no_answer"

    @property
    def label(self) -> str:
        return HOW[self]


HOW: Mapping[str, str] = {
    How.CALL: "已通电话，双方在电话里确认",
    How.PRESENT: "申请人到场，双方当面确认",
    How.TOLD: "受理机构已发邮件、短信或者书面告知收到，等申请人确认",
    How.ANSWERED: "申请人已回复邮件、短信或者来信确认",
    How.STATUS_PAGE: "申请人在查询页确认",
    How.NO_PHONE: "没有留下联系方式",
    How.BAD_PHONE: "电话是空号或者邮件退回",
    How.NO_ANSWER: "多次联系没有应答",
}
OFFICE_CONFIRMS = (How.CALL, How.PRESENT, How.TOLD, How.ANSWERED)
BOTH_AT_ONCE = (How.CALL, How.PRESENT)
"""Who is spoken to confirms in the same moment (国办公开办函〔2015〕207号)."""
UNREACHED = (How.NO_PHONE, How.BAD_PHONE, How.NO_ANSWER)


class Ground(StrEnum):
    """Why something that arrived is no request at all. Nothing here is a question of the merits."""

    SPAM = "spam"
    UNREADABLE = "unreadable"
    TWICE = "twice"
    TRIAL = "trial"

    @property
    def label(self) -> str:
        return GROUNDS[self]


GROUNDS: Mapping[str, str] = {
    Ground.SPAM: "广告等垃圾信息",
    Ground.UNREADABLE: "乱码，看不出任何内容",
    Ground.TWICE: "同一份申请重复送到，已有一份登记",
    Ground.TRIAL: "申请人说明是误发、试发",
}


def acts_unproved(submission: Submission | None, rules: Rules, *, authorised: bool) -> bool:
    """Whether somebody acts for the applicant whose written authority is wanted and not on file.

    The request is received on its day all the same; but nothing is answered to them (民法典第一百六十五条).
    """
    acts = submission is not None and submission.through_agent
    return acts and not authorised and rules.flag(AUTHORITY_WANTED)


def confirmations(steps: list[SubmissionStep]) -> dict[str, SubmissionStep]:
    """Return the confirmation of each side that is on file, by the kind of its step."""
    sides = (StepKind.OFFICE_CONFIRMED, StepKind.APPLICANT_CONFIRMED)
    return {step.kind: step for step in steps if step.kind in sides}


def may_change(submission: Submission, steps: list[SubmissionStep], now: datetime) -> bool:
    """Whether the applicant may still change it or take it back."""
    untouched = submission.state == State.WAITING and not confirmations(steps)
    return untouched and now - submission.submitted_at <= CHANGED_WITHIN
