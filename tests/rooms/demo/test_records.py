"""Invariant 5: each figure is the size of its list, so one record moves exactly the cells it is behind."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db.models import Q

from gongkai.agencies.authority import Order
from gongkai.figures import registry
from gongkai.figures.registry import Scope
from gongkai.foi.disputes.actions.recording import record_dispute
from gongkai.foi.handling.models import (
    Consultation,
    CorrectionNotice,
    ExtensionProposal,
    ReplyDraft,
    Signature,
)
from gongkai.foi.issuing.models import IssuedLetter, RequestWords
from gongkai.foi.models import Case, CaseEvent, Dispute, Reply, SearchRecord
from gongkai.foi.resembling.models import Fingerprint, FingerprintBand, Likeness, LikenessVerdict
from gongkai.foi.serving.models import ServiceAttempt, ServicePaper
from gongkai.people.models import Person
from gongkai.policies.models import Policy, Relation
from gongkai.publication.models import Publication
from gongkai.returns.actions import accept_return, file_return
from gongkai.returns.models import Item, Return
from tests.rooms.demo.conftest import amounts, changed

pytestmark = pytest.mark.django_db


def test_every_figure_weighs_what_its_records_weigh_together(scope: Scope) -> None:
    """不变量五：203 个数字中的每一个都等于其清单之和，清单编号不重复。"""
    values = amounts(scope)
    weighed: dict[str, int | None] = {}
    for key in registry.registered():
        records = list(registry.records(scope, key))
        weighed[key] = sum(record.weight for record in records)
        uids = list(registry.uids(scope, key))
        assert uids == [record.uid for record in records], key
        assert len(set(uids)) == len(uids), key
    assert weighed == values
    assert len(values) == 175 + 15 + 10 + 3


def test_removing_any_one_request_moves_its_own_cells(scope: Scope) -> None:
    """条例第五十条第二项：逐件删除 2024 年的 41 件申请，只有该件所在的格减一。"""
    before = amounts(scope)
    cases = list(Case.objects.filter(received_on__year=2024).order_by("pk"))
    assert len(cases) == 41
    for case in cases:
        _forget(case)
        expected = Counter(
            f"t3.{row}.{column}"
            for row in ("new", case.row, "r7")
            for column in (case.klass, "tot")
        )
        after = amounts(scope)
        assert changed(before, after) == {key: -n for key, n in expected.items()}, case.number
        before = after


def test_an_undecided_request_is_carried_over(scope: Scope) -> None:
    """条例第五十条第二项：决定日期移到下一年，结果减一、结转加一，新收不变。"""
    before = amounts(scope)
    case = Case.objects.filter(decided_on__year=2024, row="r1", klass="nat").latest("decided_on")
    Case.objects.filter(pk=case.pk).update(decided_on=date(2025, 1, 6))
    moved = {f"t3.{row}.{column}": -1 for row in ("r1", "r7") for column in ("nat", "tot")}
    moved |= {f"t3.fwd.{column}": 1 for column in ("nat", "tot")}
    assert changed(before, amounts(scope)) == moved


@pytest.mark.parametrize("item", list(Item))
def test_a_revised_return_moves_its_sum_by_the_difference(scope: Scope, item: Item) -> None:
    """更正报送是新的一稿；接收之前原数仍然有效，接收之后总数只差这一项。"""
    before = amounts(scope)
    kept = Return.objects.filter(period=2024, item=item, value_int__gt=0).first()
    assert kept is not None
    assert kept.value_int is not None
    filler, approver = (
        Person.objects.get(staff_no="DEMO-03"),
        Person.objects.get(staff_no="DEMO-04"),
    )
    order = Order(approver, "演示数据")  # the demo's one filler files for every unit
    revised = file_return(
        kept.agency,
        period=2024,
        item=item,
        value=kept.value_int + 7,
        source="更正（演示）",
        order=order,
        by=filler,
    )
    assert amounts(scope) == before
    accept_return(revised, order=order, by=approver)
    assert changed(before, amounts(scope)) == {f"t2.{item.value}": 7}


@pytest.mark.parametrize("item", list(Item))
def test_a_missing_return_blocks_its_cell_and_no_other(scope: Scope, item: Item) -> None:
    """不变量十：缺报不等于零，缺一个单位则该数不能得出。"""
    before = amounts(scope)
    Return.objects.filter(period=2024, item=item).first().delete()  # type: ignore[union-attr]
    assert changed(before, amounts(scope)) == {f"t2.{item.value}": None}


def test_removing_a_document_made_this_year_moves_made_stock_and_items(scope: Scope) -> None:
    """规范性文件同时是一条主动公开信息：制发、现行有效、信息条数各减一。"""
    before = amounts(scope)
    policy = Policy.objects.filter(written_on__year=2024, acted_on=None, acts_on=None).first()
    assert policy is not None
    Publication.objects.filter(document=policy.document).delete()
    policy.delete()
    assert changed(before, amounts(scope)) == {
        "t2.norm.made": -1,
        "t2.norm.valid": -1,
        "n.items": -1,
    }


def test_removing_a_document_in_force_not_yet_in_2024_moves_made_and_stock(scope: Scope) -> None:
    """Q-2：次年 1 月 1 日施行的文件当年已计制发和现行有效。"""
    policy = Policy.objects.get(in_force_on=date(2025, 1, 1))
    before = amounts(scope)
    Relation.objects.filter(source=policy).update(source=None)
    policy.delete()
    assert changed(before, amounts(scope)) == {"t2.norm.made": -1, "t2.norm.valid": -1}


def test_removing_an_exit_returns_the_document_to_the_stock(scope: Scope) -> None:
    before = amounts(scope)
    Relation.objects.filter(effective_on__year=2024).first().delete()  # type: ignore[union-attr]
    assert changed(before, amounts(scope)) == {"t2.norm.repealed": -1, "t2.norm.valid": 1}


def test_an_exit_effective_next_year_moves_nothing_this_year(scope: Scope) -> None:
    """Q-2：2024 年决定、2025 年 1 月 1 日生效的废止，计入 2025 年。"""
    before = amounts(scope)
    Relation.objects.get(effective_on=date(2025, 1, 1)).delete()
    assert changed(before, amounts(scope)) == {}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("news", "n.items"),
        ("notice", "n.items"),
        ("meeting", "n.items"),
        ("interpretation", "n.interpretations"),
        ("response", "n.interpretations"),
        ("relay", "n.relayed"),
    ],
)
def test_removing_an_item_moves_its_count_only(scope: Scope, kind: str, key: str) -> None:
    before = amounts(scope)
    Publication.objects.filter(document__kind=kind, published_at__year=2024).first().delete()  # type: ignore[union-attr]
    assert changed(before, amounts(scope)) == {key: -1}


@pytest.mark.parametrize("kind", list(Dispute.Kind))
def test_a_dispute_moves_its_block_of_table_four(scope: Scope, kind: Dispute.Kind) -> None:
    """条例第五十条第三项：新增一件未审结的复议或诉讼，只动本栏的尚未审结和总计。"""
    before = amounts(scope)
    case, officer = (
        Case.objects.filter(received_on__year=2024).first(),
        Person.objects.get(staff_no="DEMO-01"),
    )
    assert case is not None
    record_dispute(case, kind=kind, number="演示〔2024〕1号", on=date(2024, 12, 2), by=officer)
    assert changed(before, amounts(scope)) == {f"t4.{kind.value}.p": 1, f"t4.{kind.value}.t": 1}


def _forget(case: Case) -> None:
    FingerprintBand.objects.filter(fingerprint__case=case).delete()
    LikenessVerdict.objects.filter(likeness__case=case).delete()
    Likeness.objects.filter(Q(case=case) | Q(earlier=case)).delete()
    Signature.objects.filter(draft__case=case).delete()
    ServicePaper.objects.filter(attempt__case=case).delete()
    records = (
        Consultation,
        CorrectionNotice,
        ExtensionProposal,
        ReplyDraft,
        ServiceAttempt,
        Fingerprint,
    )
    for model in (CaseEvent, Reply, SearchRecord, *records, IssuedLetter, RequestWords):
        model._default_manager.filter(case=case).delete()
    case.delete()
