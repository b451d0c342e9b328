"""Addresses of the office: the desk, reports and returns, agencies, people, the rules everybody works by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.rooms.walk.samples.kinds import (
    NO_UID,
    NOBODY,
    Arguments,
    Closed,
    Common,
    Known,
    Listing,
    Owned,
    Sample,
    of_agency,
    of_uid,
)
from tests.rooms.walk.things.publishing import YEAR
from tests.rooms.walk.world import Things

_NO_REPORT: Arguments = {"code": NOBODY, "year": YEAR}


def _report(things: Things) -> Arguments:
    return {"code": things.agency.code, "year": YEAR}


def _agency(things: Things) -> Arguments:
    return {"code": things.agency.code}


def _of_report(**more: Any) -> Owned:
    return Owned(lambda things: {**_report(things), **more}, {**_NO_REPORT, **more})


def _of_return() -> Owned:
    return Owned(
        lambda things: {**_report(things), "uid": things.filed.uid}, {**_NO_REPORT, "uid": NO_UID}
    )


def _of_seat() -> Owned:
    return Owned(
        lambda things: {**_agency(things), "uid": things.seat.uid},
        {"code": NOBODY, "uid": NO_UID},
    )


def _job(things: Things) -> UUID:
    return things.job.uid


def _note(things: Things) -> UUID:
    return things.note.uid


def _session(things: Things) -> UUID:
    return things.session.uid


_MINE = "本人的账号和消息，按登录的人取"
_COUNTYS = "全县共用的规则，每个机关都按它办"
_RULES: Mapping[str, Arguments] = {
    "desk-words": {},
    "desk-synonym-add": {},
    "desk-synonym-drop": {"uid": NO_UID},
    "desk-bet-add": {},
    "desk-bet-end": {"uid": NO_UID},
    "rulebook": {},
    "rulebook-notices": {},
    "rulebook-notice-new": {},
    "rulebook-notice": {"uid": NO_UID},
    "rulebook-notice-approve": {"uid": NO_UID},
    "rulebook-notice-reject": {"uid": NO_UID},
    "rulebook-parameters": {},
    "rulebook-parameter": {"key": "reply.limit"},
    "rulebook-value": {"uid": NO_UID},
    "rulebook-value-approve": {"uid": NO_UID},
    "rulebook-value-reject": {"uid": NO_UID},
    "rulebook-numbers": {},
    "rulebook-series": {"uid": NO_UID},
    "rulebook-void": {"uid": NO_UID},
    "letters": {},
    "letter-forums": {},
    "letter": {"code": "D13"},
    "letter-edit": {"code": "D13"},
    "letter-pdf": {"code": "D13"},
    "letter-docx": {"code": "D13"},
    "letter-wording": {"uid": NO_UID},
    "letter-wording-approve": {"uid": NO_UID},
    "letter-wording-reject": {"uid": NO_UID},
    "letter-wording-take-back": {"uid": NO_UID},
}
_OWN_PAGES = (
    *(
        "desk-kept",
        "my-account",
        "my-password",
        "enrol",
        "give-up-factor",
        "renew-codes",
        "confirm",
    ),
    *("end-my-other-sessions", "desk-inbox-read-all", "desk-inbox-mail", "desk-job-start"),
    *("administration", "leave-administration"),
)


COUNTY: Mapping[str, Sample] = {
    "desk-home": Listing("all=1"),
    "desk-reports": Listing(),
    "desk-search": Listing("q=2024"),
    "desk-keys": Listing(),
    "desk-report": _of_report(),
    "desk-section": _of_report(n=1),
    "desk-section-undo": _of_report(n=1),
    "desk-freeze": _of_report(),
    "desk-release": _of_report(),
    "desk-cell": _of_report(key="t3.new.tot"),
    "desk-returns": Listing(f"year={YEAR}"),
    "desk-returns-unit": _of_report(),
    "desk-returns-file": _of_report(item="licence"),
    "desk-returns-accept": _of_return(),
    "desk-returns-send-back": _of_return(),
    "desk-returns-withdraw": _of_return(),
    "desk-agencies": Listing(),
    "desk-agencies-csv": Listing(),
    "desk-agency": Known(_agency),
    "desk-agency-establish": Closed({}),
    "desk-agency-rename": Known(_agency, shut=True),
    "desk-agency-contact": Known(_agency, shut=True),
    "desk-agency-parent": Known(_agency, shut=True),
    "desk-agency-change": Known(_agency, shut=True),
    "desk-agency-work": of_agency(),
    "desk-agency-appoint": of_agency(),
    "desk-agency-deputy": of_agency(),
    "desk-agency-end": _of_seat(),
    "desk-agency-move": _of_seat(),
    "desk-jobs": Listing(),
    "desk-job": of_uid(_job),
    "desk-job-retry": of_uid(_job),
    "desk-job-stop": of_uid(_job),
    "desk-inbox": Listing(),
    "desk-inbox-read": of_uid(_note),
    "end-my-session": of_uid(_session),
    "seats": Closed({}),
    "seat": Closed({}),
    "first-seats": Closed({}),
    "unseat": Closed({"uid": NO_UID}),
    "people": Closed({}),
    "new-person": Closed({}),
    "person": Closed({"uid": NO_UID}),
    "open-account": Closed({"uid": NO_UID}),
    "keep-account": Closed({"uid": NO_UID, "verb": "close"}),
    **{name: Common(_MINE, {}) for name in _OWN_PAGES},
    **{name: Common(_COUNTYS, arguments) for name, arguments in _RULES.items()},
}
