"""Numbers in the text are references; what is typed is held against the ledger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.figures.registry import Gap, Value
from gongkai.reporting.narrative import UNKNOWN, Slip, approximate, expand, references, slips

VALUES = {
    "t3.new.tot": Value(41),
    "n.items": Value(9759),
    "n.interpretations": Value(15),
    "n.relayed": Value(107),
    "t2.fee": Value(1_158_443_200),
    "t2.penalty": Value(None, (Gap(1, "尚未报送"),)),
}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("收到 {t3.new.tot} 件", "收到 41 件"),
        ("信息 {n.relayed:余} 条", "信息 100余 条"),
        ("收费 {t2.fee} 万元", "收费 1158.4432 万元"),
        ("处罚 {t2.penalty} 件", f"处罚 {UNKNOWN} 件"),
        ("没有数字", "没有数字"),
    ],
)
def test_a_reference_prints_its_figure(text: str, printed: str) -> None:
    assert expand(text, VALUES) == printed


@given(st.integers(min_value=0, max_value=10**9))
def test_an_approximation_never_exceeds_and_keeps_the_leading_digit(n: int) -> None:
    said = approximate(n)
    floor = int(said.removesuffix("余"))
    assert floor <= n < floor + 10 ** (len(str(n)) - 1) or floor == n
    assert said.endswith("余") == (floor != n)
    assert str(floor)[0] == str(n)[0]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("主动公开规范性文件等信息 9759 条，制作解读回应信息 15 条", []),
        ("传播国务院重要信息 100 余条".replace(" 余", "余"), []),
        ("主动公开规范性文件等信息 9758 条", ["n.items"]),
        ("制作解读回应信息 16 条", ["n.interpretations"]),
        ("传播国务院重要信息 200余条", ["n.relayed"]),
        ("传播国务院重要信息 100条", ["n.relayed"]),
    ],
)
def test_a_typed_number_is_held_against_the_figure(text: str, keys: list[str]) -> None:
    assert [slip.key for slip in slips(text, VALUES)] == keys


def test_an_unknown_reference_and_an_unknown_form_are_named() -> None:
    assert slips("{t9.x} {n.items:约}", VALUES) == [
        Slip("t9.x", "正文引用了不存在的数字 {t9.x}，请从数字清单中选择。"),
        Slip("n.items", "正文引用 {n.items:约} 的写法不认识，只能写 {n.items} 或 {n.items:余}。"),
    ]


def test_references_are_listed_in_order() -> None:
    assert references("{t3.new.tot}与{n.relayed:余}") == ["t3.new.tot", "n.relayed"]
