"""Entering normative documents: four tests, four dates, one number."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.audit.models import Event
from gongkai.documents.models import Kind
from gongkai.policies.actions import Dates, PolicyRefused, enter_norm
from gongkai.policies.models import Category, Policy
from tests.rooms.cast import Cast, items, norm

TESTS = ("external", "general", "repeatable", "rights_affecting")
WRITTEN = date(2024, 3, 1)


def test_a_norm_is_judged_by_somebody_on_a_day(cast: Cast) -> None:
    """国办发〔2018〕37号：规范性文件四项标准都满足，谁在哪天认定；文号归一。"""
    policy = norm(cast, "示粮[2024]第05号", written=WRITTEN, in_force=date(2025, 1, 1))
    fields = ("number", "category", "written_on", "published_on", "in_force_on", "expires_on")
    assert Policy.objects.values_list(*fields, *TESTS).get() == (
        "示粮〔2024〕5号",
        Category.NORM,
        WRITTEN,
        WRITTEN,
        date(2025, 1, 1),
        None,
        *[True] * 4,
    )
    assert (policy.judged_by, policy.judged_on, policy.drafted_by) == (
        cast.zhao,
        WRITTEN,
        cast.grain,
    )
    event = Event.objects.latest("pk")
    assert (event.stream, event.kind, event.payload_text) == (
        cast.grain.code,
        "policy.entered",
        '{"number":"示粮〔2024〕5号","written_on":"2024-03-01"}',
    )


@pytest.mark.parametrize("failed", TESTS)
def test_a_document_that_fails_one_test_is_not_a_norm(failed: str, cast: Cast) -> None:
    """国办发〔2018〕37号：四项标准缺一项，数据库不认它是规范性文件，改列其他文件则可。"""
    policy = norm(cast, "示粮〔2024〕1号", written=WRITTEN)
    row = Policy.objects.filter(pk=policy.pk)
    with (
        pytest.raises(IntegrityError, match="policy_norm_passes_four_tests"),
        transaction.atomic(),
    ):
        row.update(**{failed: False})
    row.update(**{failed: False, "category": Category.OTHER})
    assert row.values_list("category", *TESTS).get() == (
        Category.OTHER,
        *(name != failed for name in TESTS),
    )


def test_a_document_in_force_before_it_was_written_says_why(cast: Cast) -> None:
    """立法法第一百零四条不溯及既往：施行早于成文须有理由，数据库也这样要求。"""
    policy = norm(cast, "示粮〔2024〕1号", written=WRITTEN)
    row, early = Policy.objects.filter(pk=policy.pk), date(2024, 2, 29)
    with (
        pytest.raises(IntegrityError, match="policy_in_force_after_written"),
        transaction.atomic(),
    ):
        row.update(in_force_on=early)
    row.update(in_force_on=early, early_reason="对相对人有利")
    assert row.values_list("in_force_on", "early_reason").get() == (early, "对相对人有利")
    with pytest.raises(ValidationError):
        norm(cast, "示粮〔2024〕2号", written=WRITTEN, in_force=early)
    assert Policy.objects.count() == 1


def test_a_number_that_is_none_is_refused_in_the_clerk_s_words(cast: Cast) -> None:
    """GB/T 9704-2012：不成文号的写法被拒，说明应怎样写，不留事件。"""
    document = items(cast, "规定", kind=Kind.POLICY)[0].document
    before = Event.objects.count()
    dates = Dates(written_on=WRITTEN, published_on=WRITTEN, in_force_on=WRITTEN)
    with pytest.raises(PolicyRefused) as refused:
        enter_norm(document, number="2024年5号", dates=dates, judged_on=WRITTEN, by=cast.zhao)
    assert str(refused.value) == (
        "文号“2024年5号”不符合 GB/T 9704-2012：应为“机关代字〔年份〕序号号”，"
        "例如“示政〔2024〕5号”，请改正后再提交。"
    )
    assert (Policy.objects.count(), Event.objects.count()) == (0, before)


def test_a_number_is_one_document_s(cast: Cast) -> None:
    """文号唯一，换一种括号也是同一个文号。"""
    norm(cast, "示粮〔2024〕5号", written=WRITTEN)
    with pytest.raises(ValidationError) as refused:
        norm(cast, "示粮[2024]5号", written=WRITTEN)
    assert list(refused.value.message_dict) == ["number"]
    assert Policy.objects.count() == 1
