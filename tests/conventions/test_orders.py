"""An order lets past facts in without asking for a role: only what moves a whole ledger in may give one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conventions.source import DEMO, ROOMS, Module, last_name, modules, parsed

MAY = ("gongkai/exchange/", "gongkai_demo/")


def orders(module: Module) -> Iterator[str]:
    """Yield each place where *module* makes an order."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and last_name(node.func) == "Order":
            yield module.at(node, "Order(…)")


def test_only_a_ledger_that_moves_in_is_under_an_order() -> None:
    """动作都查角色；只有整册补录和演示数据例外，网页和命令不能自己下令。"""
    elsewhere = [one for one in modules(ROOMS, DEMO) if not one.path.startswith(MAY)]
    assert [found for module in elsewhere for found in orders(module)] == []


@pytest.mark.parametrize("planted", ["Order(by, 'x')", "authority.Order(by=by, source='x')"])
def test_a_planted_order_is_found(planted: str) -> None:
    """The rule itself."""
    assert len(list(orders(parsed(planted)))) == 1
