"""Rows are written by actions only, so that every write has an actor and an audit row.

What counts as a write of the ORM:

* a call of a name that only the ORM has (``bulk_create``, ``get_or_create``, …) or that is a write
  wherever it occurs here (``.save(…)``, ``.create(…)``);
* ``.update(field=…)`` and ``.delete()``: the ORM takes no positional argument there, while a
  hash's, a dict's or a cache's method of the same name does (a dict merges with ``|=`` instead of
  ``update(key=…)``);
* SQL beginning with a word that writes, handed to ``execute``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.conventions.source import DEMO, ROOMS, Module, modules, parsed

ALWAYS = {
    *("save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("asave", "acreate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create"),
    *("create_user", "create_superuser", "raw_delete", "_raw_delete"),
}
WITHOUT_POSITIONAL = {"update", "delete", "aupdate", "adelete"}
EXECUTES = {"execute", "executemany"}
WRITING_SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE|COPY)\b", re.IGNORECASE)


def may_write(path: str) -> bool:
    """Whether *path* is a place for writes: actions, and the migrations Django writes."""
    parts = PurePosixPath(path).parts
    return parts[-1] == "actions.py" or "actions" in parts or "migrations" in parts


def writes(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node):
            yield module.at(node, f".{node.func.attr}(…)")


def _writes(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    name = call.func.attr
    if name in ALWAYS:
        return True
    if name in WITHOUT_POSITIONAL:
        return not call.args and (bool(call.keywords) or name.endswith("delete"))
    return name in EXECUTES and bool(call.args) and bool(WRITING_SQL.match(_text(call.args[0])))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr) and node.values:
        return _text(node.values[0])
    if isinstance(node, ast.BinOp):
        return _text(node.left)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_rows_are_written_by_actions_only() -> None:
    """每一次写入都在 actions.py（或 actions/）和迁移里。"""
    elsewhere = [module for module in modules(ROOMS, DEMO) if not may_write(module.path)]
    assert [found for module in elsewhere for found in writes(module)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "case.save()",
        "Case.objects.create(number='1')",
        "Case.objects.filter(open=True).update(state='closed')",
        "Case.objects.filter(open=True).update(**changes)",
        "case.delete()",
        "agency.cases.all().delete()",
        "Case.objects.bulk_create(rows)",
        "Case.objects.get_or_create(number='1')",
        "form.save(commit=False)",
        "cursor.execute('update foi_case set state = 1')",
        "cursor.execute(f'DELETE FROM {table}')",
        "await case.asave()",
    ],
)
def test_planted_write_is_found(planted: str) -> None:
    """The rule itself: each way of writing is caught outside actions."""
    assert len(list(writes(parsed(f"async def f():\n    {planted}")))) == 1


@pytest.mark.parametrize(
    "innocent",
    [
        "digest.update(b'bytes')",
        "settings.update({'a': 1})",
        "cache.delete('key')",
        "response.delete_cookie('session')",
        "cursor.execute('SELECT updated FROM t')",
        "create(1)",
        "saved = case.saved",
    ],
)
def test_innocent_call_is_not_found(innocent: str) -> None:
    """The rule itself: a dict, a hash, a cache and a reading query are left alone."""
    assert list(writes(parsed(innocent))) == []


def test_places_for_writes() -> None:
    """The rule itself: actions.py, a folder actions and migrations, nothing that merely sounds so."""
    places = {
        "gongkai/foi/actions.py": True,
        "gongkai/foi/actions/closing.py": True,
        "gongkai/foi/migrations/0001_case.py": True,
        "gongkai/foi/views.py": False,
        "gongkai/foi/transactions.py": False,
    }
    assert {path: may_write(path) for path in places} == places
