"""参数：每个数字都有依据、起始日期和可信程度；按日期取值；缺了就说清楚。"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import ParameterError
from gongkai.law.fees import TARIFF
from gongkai.law.parameters import Certainty, Parameter, in_force, packaged
from gongkai.law.rules import Limit, Rules, Unit

RULES = Rules.national(date(2024, 6, 1))

LIMITS = {
    "case.urge_before": "3 working_day",
    "publish.limit": "20 working_day",
    "correction.notice": "7 working_day",
    "correction.period": "15 working_day",
    "reply.limit": "20 working_day",
    "reply.extension_max": "20 working_day",
    "thirdparty.limit": "15 working_day",
    "comaker.limit": "15 working_day",
    "fee.pay_limit": "20 working_day",
    "review.apply": "60 natural_day",
    "review.apply_uninformed_max": "1 year",
    "review.respond_simple": "5 working_day",
    "review.respond_ordinary": "10 working_day",
    "review.decide_simple": "30 natural_day",
    "review.decide_ordinary": "60 natural_day",
    "review.decide_ext": "30 natural_day",
    "review.norm_maker_reply": "10 working_day",
    "suit.direct": "6 month",
    "suit.after_review": "15 natural_day",
    "legality.min": "5 working_day",
    "legality.max": "15 working_day",
    "decision.legality_min": "7 working_day",
    "decision.comment_min": "30 natural_day",
    "norm.filing": "15 natural_day",
    "norm.valid_max": "5 year",
    "norm.trial_max": "2 year",
    "interpret.limit": "3 working_day",
    "budget.publish": "20 natural_day",
    "credit.publish": "7 working_day",
    "penalty.withdraw": "3 working_day",
    "penalty.shown_max": "3 year",
    "site.home_stale": "14 natural_day",
    "site.news_stale": "14 natural_day",
    "site.policy_stale": "180 natural_day",
    "site.unreachable_days": "7 natural_day",
    "message.veto": "3 month",
    "log.retention": "6 month",
    "pia.retention": "3 year",
    "personal.retention": "10 year",
    "archive.transfer_county": "10 year",
    "withheld.review": "1 year",
    "xinfang.tell": "15 natural_day",
    "xinfang.finish": "60 natural_day",
    "xinfang.extend": "30 natural_day",
    "approval.urgent_due": "1 working_day",
    "service.notice_days": "30 natural_day",
    "service.send_within": "3 working_day",
    "service.result_within": "10 working_day",
    "suit.respond": "15 natural_day",
    "suit.decide_ordinary": "6 month",
    "suit.decide_simple": "45 natural_day",
}
NUMBERS = {
    "correction.times": 1,
    "reply.extension_times": 1,
    "fee.item_free": 10,
    "fee.page_free": 30,
    "site.stale_columns_veto": 5,
    "site.long_stale_veto": 10,
    "site.empty_columns_veto": 5,
    "site.unreachable_seconds": 15,
    "site.unreachable_share": 5,
    "site.unreachable_visits": 20,
    "site.quarter_sample": 30,
    "approval.same_device": 10,
    "relay.limit": 24,
    "service.left_witnesses": 2,
    "requestlog.least": 5,
    "proactive.requests": 3,
}
TEXTS = {
    "register.person_name": "masked",
    "returns.open": "12-01",
    "returns.due": "01-10",
    "annual.dept": "01-31",
    "annual.gov": "03-31",
    "site.annual_table": "01-31",
    "pause.from": "receipt",
    "notice.expected_from": "11-01",
    "service.post_day": "posting",
}
FLAGS = {
    "returns.owed_when_closed": True,
    "art41.counted": False,
    "redecision.counted": False,
    "remedy.refusal_review_first": True,
    "remedy.partial_review_first": True,
    "remedy.silence_review_first": False,
    "agent.authority_wanted": True,
    "reply.secrecy_signed": True,
    "reply.legality_signed": True,
}


def parameter(value: int | str | bool, since: date, key: str = "reply.limit") -> Parameter:
    return Parameter(
        key, "测试", value, Unit.WORKING_DAY, "某县规定（虚构）", since, Certainty.PRACTICE
    )


def test_national_parameters_are_exactly_these() -> None:
    """2024 年 6 月 1 日有效的全部参数及其值，一个不多一个不少。"""
    limits = {key: RULES.limit(key) for key in LIMITS}
    assert {key: f"{found.count} {found.unit}" for key, found in limits.items()} == LIMITS
    assert {key: RULES.number(key) for key in NUMBERS} == NUMBERS
    assert {key: RULES.text(key) for key in TEXTS} == TEXTS
    assert {key: RULES.flag(key) for key in FLAGS} == FLAGS
    assert set(RULES.parameters) == {*LIMITS, *NUMBERS, *TEXTS, *FLAGS}


def test_every_parameter_has_title_basis_since_and_certainty() -> None:
    for entry in packaged():
        assert entry.title.strip()
        assert entry.basis.strip()
        assert isinstance(entry.since, date)
        assert entry.certainty in set(Certainty)
        assert entry.certainty.label


def test_no_key_has_two_values_from_the_same_day() -> None:
    dated = [(entry.key, entry.since) for entry in packaged()]
    assert sorted(dated) == sorted(set(dated))


def test_free_quantities_agree_with_the_tariff() -> None:
    """免费数量在参数表和费率表里各出现一次，必须相同。"""
    free = (RULES.number("fee.item_free"), RULES.number("fee.page_free"))
    assert free == (TARIFF.item.free, TARIFF.page.free)


def test_value_with_the_latest_since_in_force_wins() -> None:
    """同一参数多个起始日期：取不晚于当日的最后一个，与录入先后无关。"""
    ledger = [
        parameter(10, date(2024, 5, 1)),
        parameter(12, date(2023, 5, 1)),
        parameter(5, date(2025, 1, 1)),
    ]
    assert in_force(ledger, date(2024, 6, 1))["reply.limit"].value == 10
    assert in_force(ledger, date(2023, 6, 1))["reply.limit"].value == 12
    assert in_force(ledger, date(2023, 4, 30)) == {}
    local = RULES.with_parameters(ledger)
    assert (local.number("reply.limit"), RULES.number("reply.limit")) == (10, 20)
    assert local.as_of(date(2025, 1, 1)).number("reply.limit") == 5
    assert local.as_of(date(2020, 1, 1)).number("reply.limit") == 20


def test_older_local_value_does_not_displace_a_newer_national_one() -> None:
    older = parameter(60, date(2019, 1, 1), "review.respond_simple")
    assert RULES.with_parameters([older]).number("review.respond_simple") == 5


def test_law_of_the_day_decides() -> None:
    """2024 年 1 月 1 日起不予公开须复议前置（《行政复议法》第二十三条）。"""
    key = "remedy.refusal_review_first"
    days = (date(2023, 12, 31), date(2024, 1, 1))
    assert [Rules.national(day).flag(key) for day in days] == [False, True]


def test_missing_parameter_is_named_in_chinese() -> None:
    with pytest.raises(ParameterError, match=r"没有名为 reply\.limits 的参数"):
        RULES.limit("reply.limits")
    with pytest.raises(ParameterError, match="自2019-05-15起施行，2019-05-14尚无规定"):
        Rules.national(date(2019, 5, 14)).limit("reply.limit")


def test_parameter_of_another_kind_is_refused() -> None:
    with pytest.raises(ParameterError, match="不是期限"):
        RULES.limit("fee.item_free")
    with pytest.raises(ParameterError, match="不是数字"):
        RULES.number("pause.from")
    with pytest.raises(ParameterError, match="不是文字"):
        RULES.text("reply.limit")
    with pytest.raises(ParameterError, match="不是“是/否”"):
        RULES.flag("reply.limit")


@pytest.mark.parametrize("value", ["20", True])
def test_value_that_does_not_fit_its_unit_is_refused(value: str | bool) -> None:
    with pytest.raises(ParameterError, match="与单位 working_day 不符"):
        parameter(value, date(2024, 1, 1))


def test_parameter_without_basis_is_refused() -> None:
    with pytest.raises(ParameterError, match="没有写依据"):
        Parameter("x", "测试", 1, Unit.COUNT, " ", date(2024, 1, 1), Certainty.PRACTICE)


def test_rules_built_from_a_mapping_answer_for_other_days() -> None:
    only = {"reply.limit": parameter(9, date(2024, 1, 1))}
    rules = Rules(date(2024, 6, 1), RULES.calendar, only)
    assert rules.limit("reply.limit") == Limit(9, Unit.WORKING_DAY, "测试", "某县规定（虚构）")
    assert rules.limit("reply.limit").label == "9个工作日"
    with pytest.raises(ParameterError, match="尚无规定"):
        rules.as_of(date(2023, 12, 31)).limit("reply.limit")


@given(
    st.dates(date(2007, 1, 1), date(2030, 12, 31)), st.dates(date(2007, 1, 1), date(2030, 12, 31))
)
def test_rules_of_another_day_are_those_in_force_then(asked: date, other: date) -> None:
    """同一套规则问任何一天，都是那一天有效的参数；相邻日子共用的结果不串。"""
    rules = Rules.national(asked)
    assert dict(rules.as_of(other).parameters) == in_force(rules.ledger, other)
    assert dict(rules.as_of(asked).parameters) == in_force(rules.ledger, asked)
