"""登记过去的动词不问角色，只有问过角色的动作、补录、导入和演示可以用：页面不能绕过案件的步骤。"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conventions.source import ROOMS, Module, modules, parsed

VERBS = "gongkai.foi.actions"
HARMLESS = {"CaseRefused", "refuse_unmet", "NUMBER_SERIES"}
"""What says why, asks what is missing or names a series, and writes nothing."""


def enterings(module: Module) -> Iterator[str]:
    """Yield where *module* takes hold of a verb that writes what happened to a case."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (module.at(node, one.name) for one in node.names if one.name == VERBS)
        if isinstance(node, ast.ImportFrom) and node.module == VERBS:
            taken = {one.name for one in node.names} - HARMLESS
            yield from (module.at(node, name) for name in sorted(taken))
        if isinstance(node, ast.ImportFrom) and node.module == VERBS.rpartition(".")[0]:
            yield from (module.at(node, VERBS) for one in node.names if one.name == "actions")


def _asks_itself(module: Module) -> bool:
    """Actions of their own ask for the role before they enter anything."""
    return "actions" in module.parts or module.parts[-1] == "actions.py"


def test_pages_enter_nothing_past_the_steps() -> None:
    """不变量一：页面、表单、命令里没有不问角色的登记动词。"""
    others = [module for module in modules(ROOMS) if not _asks_itself(module)]
    assert [found for module in others for found in enterings(module)] == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("from gongkai.foi.actions import decide", 1),
        ("from gongkai.foi.actions import CaseRefused, serve, extend", 2),
        ("from gongkai.foi import actions", 1),
        ("import gongkai.foi.actions", 1),
        ("from gongkai.foi.actions import CaseRefused", 0),
        ("from gongkai.foi.handling.actions import signing", 0),
    ],
)
def test_planted_entering_is_found(planted: str, found: int) -> None:
    """The rule itself: each way of getting at a verb is caught, what is harmless is not."""
    assert len(list(enterings(parsed(planted)))) == found
