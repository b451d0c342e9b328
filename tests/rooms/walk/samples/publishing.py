"""Addresses of what is published: items, review, columns, registers, channels, sharing, the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.rooms.walk.samples.kinds import (
    NO_KEY,
    NO_UID,
    Arguments,
    Closed,
    Common,
    Listing,
    Owned,
    Sample,
    of_agency,
    of_item,
    of_uid,
)
from tests.rooms.walk.world import Things


def _agency(things: Things) -> Arguments:
    return {"code": things.agency.code}


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


def _of_column() -> Owned:
    return Owned(lambda things: {"slug": things.column.slug}, {"slug": "nothing-here"})


def _item(things: Things) -> UUID:
    return things.item.uid


def _draft(things: Things) -> UUID:
    return things.draft.uid


def _submission(things: Things) -> UUID:
    return things.submission.uid


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


PUBLISHING: Mapping[str, Sample] = {
    "desk-items": Listing(),
    "desk-item-new": Listing(),
    "desk-item-new-word": Listing(),
    "desk-item": of_item(),
    "desk-item-edit": of_item(),
    "desk-item-begin": of_item(),
    "desk-item-take-over": of_item(),
    "desk-item-discard": of_item(),
    "desk-item-next": of_item(),
    "desk-item-preview": of_item(),
    "desk-item-preview-way": _of_preview(),
    "desk-item-preview-page": _of_preview(),
    "desk-item-preview-file": _of_picture(way="phone"),
    "desk-item-word": of_item(),
    "desk-item-picture-add": of_item(),
    "desk-item-picture": _of_picture(),
    "desk-item-paste": Common("粘贴的内容，不属于任何机关", {}),
    "desk-item-attach": of_item(),
    "desk-item-file": _of_file(),
    "desk-item-detach": _of_file(),
    "desk-item-disclosure": of_item(),
    "desk-item-compare": of_item(),
    "desk-withheld": Listing(),
    "desk-withheld-reassess": of_uid(_withholding),
    "channels": Listing(),
    "channel-new": _shown_item(channel="event"),
    "channel-ready": _shown_item(),
    "channel-showing": of_uid(_showing),
    "channel-photo": of_uid(_showing),
    "channel-settle": of_uid(_showing),
    "channel-end": of_uid(_showing),
    "channel-strike": of_uid(_showing),
    "sharing": Listing(),
    "sharing-tally": Listing(),
    "sharing-send": of_item(),
    "sharing-push": _shown_item(),
    **{
        f"sharing-{step}": of_uid(_offer)
        for step in ("offer", "adopt", "quote", "decline", "withdraw")
    },
    **{f"sharing-{step}": of_uid(_delivery) for step in ("delivery", "relay", "show", "refuse")},
    "screenings": Listing(),
    "screening-check": Common("空的表单，有机关工作的人都可以打开", {}),
    "screening": of_uid(_screening),
    "screening-release": of_uid(_screening),
    "registers": Listing(),
    "register-import": Listing(),
    "register-staged": of_uid(_table),
    "register-confirm": of_uid(_table),
    "register-discard": of_uid(_table),
    "register-add": Common("空的表单，谁登记双公示都可以打开", {"register": "penalty"}),
    "register-template": Common("空表，谁都可以下载", {"register": "licence"}),
    "register-entry": of_uid(_licence),
    "register-correct": of_uid(_licence),
    "register-remove": of_uid(_licence),
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
    "desk-catalogue-link": of_uid(_item),
    "desk-guide": of_agency(),
    "publication-plans": Listing(),
    "publication-plan": of_uid(_draft),
    "publication-plan-cancel": of_uid(_draft),
    "review": Listing(),
    "review-all": Listing(),
    "review-chains": Listing(),
    "review-lending": Closed({}),
    "review-submit": of_uid(_draft),
    "review-urgent": of_uid(_draft),
    "review-submission": of_uid(_submission),
    "review-file": Owned(
        lambda things: {"uid": things.submission.uid, "n": 1}, {"uid": NO_UID, "n": 1}
    ),
    "review-verdict": of_uid(_submission),
    "review-withdraw": of_uid(_submission),
    "review-loan": of_uid(_submission),
    "publications": Listing(),
    "publication": of_item(),
    "publication-publish": of_item(),
    "publication-withdraw": of_item(),
    "site": Closed({}),
    "site-alert": Closed({}),
    "site-alert-lower": Closed({"uid": NO_UID}),
    "site-redirect": Closed({}),
    "site-redirect-table": Closed({}),
    "site-expunge": Closed({}),
    "site-expunge-approve": Closed({"uid": NO_UID}),
}
