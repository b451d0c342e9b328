"""收到之日（第三十一条）和救济途径（行政复议法、行政诉讼法）。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.errors import ReceiptError
from gongkai.law.outcomes import OUTCOMES, Route
from gongkai.law.receipt import Channel, ReceiptFacts, receipt_date
from gongkai.law.remedies import Way, remedies, remedies_for_silence
from gongkai.law.rules import Rules

RULES = Rules.national(date(2024, 6, 1))
D1, D2, D3 = date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 8)
BOTH = ReceiptFacts(arrived_on=D1, office_confirmed_on=D2, applicant_confirmed_on=D3)


@pytest.mark.parametrize(
    ("channel", "facts", "received"),
    [
        (Channel.IN_PERSON, ReceiptFacts(submitted_on=D1), D1),
        (Channel.SIGNED_POST, ReceiptFacts(signed_on=D2), D2),
        (Channel.ORDINARY_POST, BOTH, D3),
        (Channel.WEB, BOTH, D3),
        (Channel.FAX, BOTH, D3),
        (Channel.EMAIL, BOTH, D3),
        (
            Channel.SIGNED_POST,
            ReceiptFacts(
                signed_on=D1, to_office=False, office_confirmed_on=D2, applicant_confirmed_on=D2
            ),
            D2,
        ),
    ],
)
def test_receipt_day_by_channel(channel: Channel, facts: ReceiptFacts, received: date) -> None:
    """当面看提交日，签收邮件看签收日，平信、网络、传真、电子邮件看双方确认日；寄错部门的也看确认日。"""
    assert receipt_date(channel, facts) == received


@pytest.mark.parametrize(
    ("channel", "facts", "message"),
    [
        (Channel.IN_PERSON, ReceiptFacts(), "以提交日期为收到之日"),
        (Channel.SIGNED_POST, ReceiptFacts(submitted_on=D1), "请补录签收日期"),
        (Channel.ORDINARY_POST, ReceiptFacts(arrived_on=D1), "还缺工作机构的确认"),
        (Channel.WEB, ReceiptFacts(office_confirmed_on=D1), "还缺申请人的确认"),
        (Channel.EMAIL, ReceiptFacts(applicant_confirmed_on=D1), "还缺工作机构的确认"),
        (
            Channel.SIGNED_POST,
            ReceiptFacts(signed_on=D1, to_office=False),
            "国办公开办函〔2015〕207号",
        ),
        (
            Channel.FAX,
            ReceiptFacts(arrived_on=D3, office_confirmed_on=D1, applicant_confirmed_on=D2),
            "确认日期 2024-05-07 早于实际到达日期 2024-05-08",
        ),
    ],
)
def test_missing_proof_is_refused(channel: Channel, facts: ReceiptFacts, message: str) -> None:
    """没有凭证就没有收到之日，拒绝时说明缺什么、怎么办。"""
    with pytest.raises(ReceiptError, match=message):
        receipt_date(channel, facts)


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_names_its_article(channel: Channel) -> None:
    assert channel.basis.startswith("《政府信息公开条例》第三十一条")
    assert channel.label


def ways(code: str, decided: date) -> tuple[bool, list[tuple[Way, str]]]:
    found = remedies(code, decided, RULES)
    return found.review_first, [(remedy.way, remedy.limit.label) for remedy in found.ways]


EITHER = (False, [(Way.REVIEW, "60日"), (Way.SUIT, "6个月")])
REVIEW_FIRST = (True, [(Way.REVIEW, "60日"), (Way.SUIT_AFTER_REVIEW, "15日")])
NEITHER: tuple[bool, list[tuple[Way, str]]] = (False, [])
SINCE_2024 = {
    Route.REFUSAL: REVIEW_FIRST,
    Route.PARTIAL: REVIEW_FIRST,
    Route.ORDINARY: EITHER,
    Route.NONE: NEITHER,
}


@pytest.mark.parametrize("code", OUTCOMES)
def test_remedies_by_outcome_and_date(code: str) -> None:
    """2024 年起不予公开先复议；此前复议、起诉自选；其余结果始终自选。"""
    route = OUTCOMES[code].remedies
    assert ways(code, date(2024, 1, 1)) == SINCE_2024[route]
    assert ways(code, date(2023, 12, 31)) == (NEITHER if route is Route.NONE else EITHER)


def test_remedy_sentences_name_period_and_law() -> None:
    """文书上的一句话：起算点、期限、途径、依据。"""
    review, suit = remedies("refused_secret", date(2024, 6, 3), RULES).ways
    assert (
        review.sentence
        == "自知道本决定之日起60日内申请行政复议（《行政复议法》（2023年修订）第二十条）"
    )
    assert suit.sentence == (
        "自收到复议决定书之日起15日内对复议决定不服，提起行政诉讼（《行政诉讼法》第四十五条）"
    )
    assert review.last_day(date(2024, 8, 3), RULES) == date(2024, 10, 8)


def test_silence_is_unsettled_and_follows_the_parameter() -> None:
    """逾期不答复：默认复议、起诉自选，依参数而定。"""
    found = remedies_for_silence(date(2024, 6, 3), RULES)
    assert [remedy.way for remedy in found.ways] == [Way.REVIEW, Way.SUIT]
    assert not found.review_first
    assert "法释〔2025〕8号" in found.basis
