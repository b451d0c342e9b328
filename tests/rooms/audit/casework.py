"""A row of each table of casework that no one may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import uuid4

from django.db import models

from gongkai.audit import clock
from gongkai.foi.charging.actions.asking import ask_fee
from gongkai.foi.charging.actions.paying import Receipt, record_payment
from gongkai.foi.charging.models import ChargingBasis, FeeEntry
from gongkai.foi.disputes.actions.entering import Entry, enter_dispute
from gongkai.foi.handling.actions.once import take_once
from gongkai.foi.handling.models import ReplyDraft, Signature, TakenForm
from gongkai.foi.models import Dispute
from gongkai.foi.resembling.actions.judging import judge
from gongkai.foi.resembling.models import Verdict
from gongkai.foi.resembling.queries import found_of
from gongkai.letters.actions import number_letter, set_forum, take_back_wording
from gongkai.letters.models import LetterNumber
from tests.rooms.cast import Cast
from tests.rooms.foi.charging.billing import asks_often, charges
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.receiving.filling import submitted
from tests.rooms.foi.serving.test_serving import recorded, sent
from tests.rooms.foi.test_steps import drafted, make_office, sign_all
from tests.rooms.letters.wording import put_wording


def _signed_draft(cast: Cast) -> models.Model:
    office = make_office(cast)
    sign_all(office, drafted(office))
    return ReplyDraft.objects.get()


def _signature(cast: Cast) -> models.Model:
    _signed_draft(cast)
    return Signature.objects.earliest("pk")


def _step(cast: Cast) -> models.Model:
    return submitted(cast.office).submission.steps.get()


def _forum(cast: Cast) -> models.Model:
    return set_forum(
        None,
        review_organ="示例市人民政府",
        court="示例县人民法院",
        online="",
        since=date(2026, 1, 1),
        by=cast.li,
    )


def _number(cast: Cast) -> models.Model:
    number_letter(cast.office, "D13", on=date(2026, 3, 2), subject=uuid4(), by=cast.li)
    return LetterNumber.objects.get()


def _taken_back(cast: Cast) -> models.Model:
    since = clock.today() + timedelta(days=30)
    planned = put_wording("D13", by=cast.li, approver=cast.zhao, since=since)
    return take_back_wording(planned, reason="另有安排", by=cast.li)


def _served(cast: Cast) -> models.Model:
    office = make_office(cast)
    sign_all(office, drafted(office))
    return recorded(office, sent(office))


def _basis(cast: Cast) -> models.Model:
    charges(cast)
    return ChargingBasis.objects.get()


def _paid(cast: Cast) -> models.Model:
    case = asks_often(cast, 11)[-1]
    on = date(2024, 3, 6)
    notice = ask_fee(case, pay_how="窗口", on=on, by=cast.wang)
    record_payment(notice, Receipt(1, "票", on), by=cast.wang)
    return FeeEntry.objects.get()


def _dispute_step(cast: Cast) -> models.Model:
    case = request_of(cast.county, cast.wang)
    day = case.received_on
    review, simple = Dispute.Kind.REVIEW, Dispute.Procedure.SIMPLE
    entry = Entry(review, "示复〔2024〕1号", "示例市人民政府", simple, day, day)
    return enter_dispute(case, entry, by=cast.wang).steps.get()


def _judged(cast: Cast) -> models.Model:
    request_of(cast.county, cast.wang)
    (found,) = found_of(request_of(cast.county, cast.wang))
    return judge(found, verdict=Verdict.CLOSE, reason="试验", by=cast.wang)


def _taken(cast: Cast) -> models.Model:
    case = request_of(cast.county, cast.wang)
    take_once(case, "0" * 32, lambda: None, step="search", by=cast.wang)
    return TakenForm.objects.get()


ROWS: Mapping[str, Callable[[Cast], models.Model]] = {
    "foi_chargingbasis": _basis,
    "foi_disputestep": _dispute_step,
    "foi_feeentry": _paid,
    "foi_likenessverdict": _judged,
    "foi_replydraft": _signed_draft,
    "foi_serviceattempt": _served,
    "foi_signature": _signature,
    "foi_submissionstep": _step,
    "foi_takenform": _taken,
    "letters_forum": _forum,
    "letters_letternumber": _number,
    "letters_wording": _taken_back,
}
