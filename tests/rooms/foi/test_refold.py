"""Requests that were open before the steps had records go on after the upgrade (migration 0004)."""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from gongkai.foi import actions
from gongkai.foi.clock import intervals
from gongkai.foi.handling.actions import consulting
from gongkai.foi.handling.models import Consultation, CorrectionNotice, ReasonDemand
from gongkai.foi.models import Case
from gongkai.foi.queries import drifted_cases, happenings
from gongkai.law.intervals import Kind, consultation
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import request_of

migration: Any = importlib.import_module("gongkai.foi.migrations.0004_refold")
DAY = date(2024, 3, 6)
ARRIVED = date(2024, 3, 11)


@pytest.fixture
def asked(cast: Cast) -> Case:
    """A case as the older program left it: asked for an opinion, in a state that is none any more."""
    case = request_of(cast.county, cast.wang)
    actions.ask_opinion(case, whom=Kind.THIRD_PARTY, on=DAY, received_on=ARRIVED, by=cast.wang)
    Case.objects.filter(pk=case.pk).update(state="consulting")
    return Case.objects.get(pk=case.pk)


def test_an_open_consultation_becomes_a_record_that_can_be_answered(
    cast: Cast, asked: Case
) -> None:
    """不变量六：升级后列与事件一致；旧的征求意见照旧登记答复，扣除的时间不变。"""
    migration.refold(apps, None)
    assert list(drifted_cases()) == []
    one = Consultation.objects.get(case=asked)
    assert (one.whom, one.asked_on, one.received_on) == ("third_party", DAY, ARRIVED)
    answered = date(2024, 3, 20)
    consulting.record_opinion(one, consents=True, text="", on=answered, by=cast.wang)
    assert intervals(happenings(asked)) == [consultation(Kind.THIRD_PARTY, ARRIVED, answered, DAY)]


def test_a_notice_and_a_demand_become_records(cast: Cast, asked: Case) -> None:
    """条例第三十条、第三十五条：一次性告知补正、要求说明理由，升级后仍只能一次。"""
    other = request_of(cast.county, cast.wang)
    actions.ask_reason(other, on=DAY, found="一月三十件", by=cast.wang)
    actions.ask_correction(other, on=DAY, items=["年份", "文号"], by=cast.wang)
    migration.refold(apps, None)
    notice, demand = CorrectionNotice.objects.get(), ReasonDemand.objects.get()
    assert (notice.items_text, notice.asked_on, notice.arrived_on) == ("年份\n文号", DAY, None)
    assert (demand.found, demand.judged_on) == ("一月三十件", None)
