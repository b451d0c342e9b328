"""送的是哪一份：每次送达连着在卷的文书和它的校验值，送达回证写明它；发出以后改不成另一份。"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from gongkai.foi.handling.actions import correcting
from gongkai.foi.handling.models import CorrectionNotice
from gongkai.foi.issuing.actions.notifying import write_notice
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.notices import Told
from gongkai.foi.serving.models import ServiceAttempt, What
from gongkai.foi.serving.queries import attempts_of, tried
from gongkai.law.rules import Rules
from gongkai.law.service import Means
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.serving.test_serving import SENT, SIGNED, recorded, sent
from tests.rooms.foi.test_letters import said
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_steps import DAY, Office, drafted, make_office, refused, sign_all
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def decided(office: Office) -> IssuedLetter:
    sign_all(office, drafted(office))
    return IssuedLetter.objects.get(code="D11")


def test_an_attempt_carries_the_letter_that_was_signed_and_its_slip_names_it(
    office: Office,
) -> None:
    """国办公开办函〔2016〕235号：送达连着签发的那一份和它的 PDF 校验值；送达回证写文号、成文日期、收件人、方式、地点。"""
    letter = decided(office)
    attempt = sent(office)
    assert (attempt.letter, attempt.letter_sha256) == (letter, letter.pdf_sha256)
    slip = IssuedLetter.objects.get(code="D23")
    assert (slip.subject_uid, slip.number, slip.to_applicant) == (attempt.uid, "", False)
    named = f"《予以公开告知书》（示政公复〔2024〕1号，2024年3月6日成文，校验值{letter.pdf_sha256[:16]}）"
    told = (
        named,
        "受送达人试验申请人",
        "送达方式邮寄送达（邮政企业），邮件号码1234567890123",
        "送达地点试验地址",
    )
    text = said(slip)
    assert [word in text for word in told] == [True] * 4
    shown = tried(attempts_of(office.case), Rules.national(SENT))
    assert [one.title for one in shown] == ["予以公开告知书（示政公复〔2024〕1号）"]


def test_what_went_out_stays_tied_to_its_bytes(office: Office) -> None:
    """不变量一：发出以后不能改成另一份文书，校验值也改不了；没有校验值的文书写不进去。"""
    decided(office)
    attempt = sent(office)
    rows = ServiceAttempt.objects.filter(pk=attempt.pk)
    for change in ({"letter": None, "letter_sha256": ""}, {"letter_sha256": "0" * 64}):
        with pytest.raises(DatabaseError, match="不可改成另一份"), transaction.atomic():
            rows.update(**change)
    recorded(office, attempt)
    assert rows.get().result == "delivered"


def test_a_notice_is_served_with_its_letter_and_its_days_begin(office: Office) -> None:
    """条例第三十条：补正告知书送达，登记的是那一份；补正期限自送达起算。早于成文日期的发不出。"""
    correcting.ask_correction(office.case, items=["年份"], days=7, on=DAY, by=office.officer)
    write_notice(office.case, letter="D03", told=Told(), on=SENT, by=office.officer)
    assert "早于" in refused(lambda: sent(office, Means.HANDED, what=What.CORRECTION, on=DAY))
    attempt = sent(office, Means.HANDED, what=What.CORRECTION)
    assert attempt.letter == IssuedLetter.objects.get(code="D03")
    recorded(office, attempt)
    assert CorrectionNotice.objects.get().arrived_on == SIGNED


def test_what_no_paper_proves_has_no_slip(office: Office) -> None:
    """电子送达以系统回执为凭，不印送达回证；别处写的文书没有可连的，照样可以登记送达。"""
    decided(office)
    sent(office, Means.ELECTRONIC)
    assert not IssuedLetter.objects.filter(code="D23").exists()
    attempt = sent(_elsewhere(office), what=What.CORRECTION)
    assert (attempt.letter, attempt.letter_sha256) == (None, "")


def _elsewhere(office: Office) -> Office:
    """Return the office with a request whose notice was written by other means."""
    other = replace(office, case=request_of(office.cast.county, office.officer))
    correcting.ask_correction(other.case, items=["年份"], days=7, on=DAY, by=office.officer)
    return other


def test_the_pages_show_which_letter_went_out(office: Office) -> None:
    """案件页、送达页写明文号和校验值，能看身份信息的人由此取文书；查询次数不变。"""
    make_static_root()
    letter = decided(office)
    sent(office)
    client = desk(office.officer)
    for page in ("", "service/"):
        text = client.get(f"/desk/case/{office.case.url_key}/{page}").content.decode()
        assert "予以公开告知书（示政公复〔2024〕1号）" in text
        assert f"/letter/{letter.uid}/" in text
    assert letter.pdf_sha256[:16] in text
