"""Addresses of requests: what arrives, a case and all that hangs on it, disputes, statistics."""

from __future__ import annotations

from collections.abc import Mapping

from tests.rooms.walk.samples.kinds import NO_KEY, NO_UID, Listing, Owned, Sample
from tests.rooms.walk.things.publishing import YEAR


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


CASEWORK: Mapping[str, Sample] = {
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
}
