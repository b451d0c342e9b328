"""For every staff address, whose object it opens. An address without a sample fails the walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.rooms.walk.world import YEAR, Things

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Owned:
    """Opens an object of one agency. *missing* names one of the same kind that does not exist."""

    arguments: Callable[[Things], Arguments]
    missing: Arguments


@dataclass(frozen=True)
class Listing:
    """Shows what the person may see, at its widest with *query*."""

    query: str = ""


@dataclass(frozen=True)
class Known:
    """Opens what everybody may know of: an agency. What of it is not public may not show.

    *shut*: it changes the agency, so strangers are refused.
    """

    arguments: Callable[[Things], Arguments]
    shut: bool = False


@dataclass(frozen=True)
class Closed:
    """Keeps the installation: nobody with work of an agency gets in, whatever the address names."""

    arguments: Arguments


@dataclass(frozen=True)
class Common:
    """Opens something that belongs to nobody, or to the person signed in; *why*."""

    why: str
    arguments: Arguments


Sample = Owned | Listing | Known | Closed | Common
NOBODY = "T00000099"
NO_UID = UUID(int=7)
NO_KEY = "zzzzzzzz"
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


def _of_case() -> Owned:
    return Owned(lambda things: {"url_key": things.case.url_key}, {"url_key": NO_KEY})


def _of_submission() -> Owned:
    return Owned(lambda things: {"number": things.received.number}, {"number": "ZZZZ-ZZZZ"})


def _of_submitted_file() -> Owned:
    return Owned(
        lambda things: {
            "number": things.received.number,
            "uid": things.received.files.get().uid,
        },
        {"number": "ZZZZ-ZZZZ", "uid": NO_UID},
    )


def _of_item() -> Owned:
    return Owned(lambda things: {"url_key": things.draft.document.url_key}, {"url_key": NO_KEY})


def _of_file() -> Owned:
    return Owned(
        lambda things: {"url_key": things.draft.document.url_key, "uid": things.file.uid},
        {"url_key": NO_KEY, "uid": NO_UID},
    )


def _of_preview() -> Owned:
    return Owned(
        lambda things: {"url_key": things.draft.document.url_key, "way": "phone"},
        {"url_key": NO_KEY, "way": "phone"},
    )


def _of_picture(**more: Any) -> Owned:
    return Owned(
        lambda things: {
            **more,
            "url_key": things.draft.document.url_key,
            "name": things.picture.address.removeprefix("files/"),
        },
        {**more, "url_key": NO_KEY, "name": "0a1b2c3d-图.png"},
    )


def _withholding(things: Things) -> UUID:
    return things.withholding.uid


def _of_agency() -> Owned:
    return Owned(_agency, {"code": NOBODY})


def _of_column() -> Owned:
    return Owned(lambda things: {"slug": things.column.slug}, {"slug": "nothing-here"})


def _item(things: Things) -> UUID:
    return things.item.uid


def _of_seat() -> Owned:
    return Owned(
        lambda things: {**_agency(things), "uid": things.seat.uid},
        {"code": NOBODY, "uid": NO_UID},
    )


def _of_uid(uid: Callable[[Things], UUID]) -> Owned:
    return Owned(lambda things: {"uid": uid(things)}, {"uid": NO_UID})


def _job(things: Things) -> UUID:
    return things.job.uid


def _note(things: Things) -> UUID:
    return things.note.uid


def _draft(things: Things) -> UUID:
    return things.draft.uid


def _submission(things: Things) -> UUID:
    return things.submission.uid


def _session(things: Things) -> UUID:
    return things.session.uid


def _licence(things: Things) -> UUID:
    return things.licence.uid


def _table(things: Things) -> UUID:
    return things.table.uid


def _showing(things: Things) -> UUID:
    return things.showing.uid


def _shown_item(**more: Any) -> Owned:
    return Owned(
        lambda things: {"url_key": things.showing.edition.document.url_key, **more},
        {"url_key": NO_KEY, **more},
    )


def _offer(things: Things) -> UUID:
    return things.offer.uid


def _screening(things: Things) -> UUID:
    return things.screening.uid


def _delivery(things: Things) -> UUID:
    return things.delivery.uid


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

SAMPLES: Mapping[str, Sample] = {
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
    "desk-items": Listing(),
    "desk-item-new": Listing(),
    "desk-item-new-word": Listing(),
    "desk-item": _of_item(),
    "desk-item-edit": _of_item(),
    "desk-item-begin": _of_item(),
    "desk-item-take-over": _of_item(),
    "desk-item-discard": _of_item(),
    "desk-item-next": _of_item(),
    "desk-item-preview": _of_item(),
    "desk-item-preview-way": _of_preview(),
    "desk-item-preview-page": _of_preview(),
    "desk-item-preview-file": _of_picture(way="phone"),
    "desk-item-word": _of_item(),
    "desk-item-picture-add": _of_item(),
    "desk-item-picture": _of_picture(),
    "desk-item-paste": Common("粘贴的内容，不属于任何机关", {}),
    "desk-item-attach": _of_item(),
    "desk-item-file": _of_file(),
    "desk-item-detach": _of_file(),
    "desk-item-disclosure": _of_item(),
    "desk-item-compare": _of_item(),
    "desk-withheld": Listing(),
    "desk-withheld-reassess": _of_uid(_withholding),
    "desk-cases": Listing("state="),
    "desk-case": _of_case(),
    "case-identity": _of_case(),
    "case-draft": _of_case(),
    "case-step": Owned(
        lambda things: {"url_key": things.case.url_key, "step_name": "assign"},
        {"url_key": NO_KEY, "step_name": "assign"},
    ),
    "case-consultation": Owned(
        lambda things: {"url_key": things.case.url_key, "uid": things.consultation.uid},
        {"url_key": NO_KEY, "uid": NO_UID},
    ),
    "case-service": _of_case(),
    "case-slip": Owned(
        lambda things: {"url_key": things.case.url_key, "uid": things.slip.uid},
        {"url_key": NO_KEY, "uid": NO_UID},
    ),
    "fees": Listing(),
    "case-dispute": _of_case(),
    "case-topic": _of_case(),
    "topics": Listing(),
    "topic": Owned(lambda things: {"uid": things.topic.uid}, {"uid": NO_UID}),
    "case-statistics": Listing(f"year={YEAR}"),
    "case-statistics-csv": Listing(f"year={YEAR}"),
    "request-log": Listing(f"year={YEAR}"),
    "request-log-csv": Listing(f"year={YEAR}"),
    "disputes": Listing("state="),
    "dispute": Owned(lambda things: {"uid": things.dispute.uid}, {"uid": NO_UID}),
    "dispute-step": Owned(
        lambda things: {"uid": things.dispute.uid, "step_name": "end"},
        {"uid": NO_UID, "step_name": "end"},
    ),
    "case-draft-pdf": _of_case(),
    "case-letter": Owned(
        lambda things: {"url_key": things.case.url_key, "uid": things.letter.uid},
        {"url_key": NO_KEY, "uid": NO_UID},
    ),
    "case-enclosure": Owned(
        lambda things: {"url_key": things.case.url_key, "uid": things.enclosure.uid},
        {"url_key": NO_KEY, "uid": NO_UID},
    ),
    **{
        name: Owned(
            lambda things: {"url_key": things.case.url_key, "uid": things.likeness.uid},
            {"url_key": NO_KEY, "uid": NO_UID},
        )
        for name in ("case-compare", "case-judge")
    },
    **{
        name: Owned(
            lambda things: {"url_key": things.case.url_key, "uid": things.returned.uid},
            {"url_key": NO_KEY, "uid": NO_UID},
        )
        for name in ("case-returned", "case-take-over")
    },
    "case-assignment": Owned(lambda things: {"uid": things.given.uid}, {"uid": NO_UID}),
    "identity-looks": Listing(),
    "intake": Listing("state="),
    "intake-counter": Listing(),
    "intake-one": _of_submission(),
    "intake-confirm": _of_submission(),
    "intake-unreachable": _of_submission(),
    "intake-refuse": _of_submission(),
    "intake-files": _of_submission(),
    "intake-look": _of_submission(),
    "intake-file": _of_submitted_file(),
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
    "desk-agency-work": _of_agency(),
    "desk-agency-appoint": _of_agency(),
    "desk-agency-deputy": _of_agency(),
    "desk-agency-end": _of_seat(),
    "desk-agency-move": _of_seat(),
    "channels": Listing(),
    "channel-new": _shown_item(channel="event"),
    "channel-ready": _shown_item(),
    "channel-showing": _of_uid(_showing),
    "channel-photo": _of_uid(_showing),
    "channel-settle": _of_uid(_showing),
    "channel-end": _of_uid(_showing),
    "channel-strike": _of_uid(_showing),
    "sharing": Listing(),
    "sharing-tally": Listing(),
    "sharing-send": _of_item(),
    "sharing-push": _shown_item(),
    **{
        f"sharing-{step}": _of_uid(_offer)
        for step in ("offer", "adopt", "quote", "decline", "withdraw")
    },
    **{f"sharing-{step}": _of_uid(_delivery) for step in ("delivery", "relay", "show", "refuse")},
    "screenings": Listing(),
    "screening-check": Common("空的表单，有机关工作的人都可以打开", {}),
    "screening": _of_uid(_screening),
    "screening-release": _of_uid(_screening),
    "registers": Listing(),
    "register-import": Listing(),
    "register-staged": _of_uid(_table),
    "register-confirm": _of_uid(_table),
    "register-discard": _of_uid(_table),
    "register-add": Common("空的表单，谁登记双公示都可以打开", {"register": "penalty"}),
    "register-template": Common("空表，谁都可以下载", {"register": "licence"}),
    "register-entry": _of_uid(_licence),
    "register-correct": _of_uid(_licence),
    "register-remove": _of_uid(_licence),
    "desk-columns": Listing("closed=1"),
    "desk-column-open": Closed({}),
    "desk-columns-adopt": Closed({}),
    "desk-column": _of_column(),
    "desk-column-rename": _of_column(),
    "desk-column-move": _of_column(),
    "desk-column-hand-over": _of_column(),
    "desk-column-close": _of_column(),
    "desk-catalogue": Listing(),
    "desk-catalogue-import": Closed({}),
    "desk-catalogue-export": Common("表格文件：里面只有看得到的事项，由 test_pages 拆开核对", {}),
    "desk-catalogue-link": _of_uid(_item),
    "desk-guide": _of_agency(),
    "publication-plans": Listing(),
    "publication-plan": _of_uid(_draft),
    "publication-plan-cancel": _of_uid(_draft),
    "review": Listing(),
    "review-all": Listing(),
    "review-chains": Listing(),
    "review-lending": Closed({}),
    "review-submit": _of_uid(_draft),
    "review-urgent": _of_uid(_draft),
    "review-submission": _of_uid(_submission),
    "review-verdict": _of_uid(_submission),
    "review-withdraw": _of_uid(_submission),
    "review-loan": _of_uid(_submission),
    "publications": Listing(),
    "publication": _of_item(),
    "publication-publish": _of_item(),
    "publication-withdraw": _of_item(),
    "site": Closed({}),
    "site-alert": Closed({}),
    "site-alert-lower": Closed({"uid": NO_UID}),
    "site-redirect": Closed({}),
    "site-redirect-table": Closed({}),
    "site-expunge": Closed({}),
    "site-expunge-approve": Closed({"uid": NO_UID}),
    "desk-jobs": Listing(),
    "desk-job": _of_uid(_job),
    "desk-job-retry": _of_uid(_job),
    "desk-job-stop": _of_uid(_job),
    "desk-inbox": Listing(),
    "desk-inbox-read": _of_uid(_note),
    "end-my-session": _of_uid(_session),
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
