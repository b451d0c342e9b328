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
class Common:
    """Opens something that belongs to nobody, or to the person signed in; *why*."""

    why: str
    arguments: Arguments


Sample = Owned | Listing | Common
NOBODY = "T00000099"
NO_UID = UUID(int=7)
NO_KEY = "zzzzzzzz"


def _report(things: Things) -> Arguments:
    return {"code": things.agency.code, "year": YEAR}


def _return(things: Things) -> Arguments:
    return {**_report(things), "uid": things.filed.uid}


_NO_REPORT: Arguments = {"code": NOBODY, "year": YEAR}
_NO_RETURN: Arguments = {**_NO_REPORT, "uid": NO_UID}


def _of_report(**more: Any) -> Owned:
    return Owned(lambda things: {**_report(things), **more}, {**_NO_REPORT, **more})


def _of_return() -> Owned:
    return Owned(_return, _NO_RETURN)


SAMPLES: Mapping[str, Sample] = {
    "desk-home": Listing("all=1"),
    "desk-reports": Listing(),
    "desk-search": Listing("q=2024"),
    "desk-keys": Listing(),
    "desk-kept": Common("本人暂存的内容，按登录的人取", {}),
    "desk-report": _of_report(),
    "desk-section": _of_report(n=1),
    "desk-section-undo": _of_report(n=1),
    "desk-freeze": _of_report(),
    "desk-release": _of_report(),
    "desk-cell": _of_report(key="t3.new.tot"),
    "desk-cases": Listing("state="),
    "desk-case": Owned(lambda things: {"url_key": things.case.url_key}, {"url_key": NO_KEY}),
    "desk-returns": Listing(f"year={YEAR}"),
    "desk-returns-unit": _of_report(),
    "desk-returns-file": _of_report(item="licence"),
    "desk-returns-accept": _of_return(),
    "desk-returns-send-back": _of_return(),
    "desk-returns-withdraw": _of_return(),
    **{
        name: Common("全县共用的规则，每个机关都按它办", arguments)
        for name, arguments in {
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
        }.items()
    },
}
