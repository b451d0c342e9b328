"""The shape of the house: rooms in their order, honest file names, sizes one can read."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from tests.conventions.source import DEMO, ROOMS, ROOT
from tools.largest import too_large

NOT_A_NAME = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "misc", "base"}
ONLY_WIRING = {"__init__.py", "apps.py"}


def declared_rooms() -> list[str]:
    """Return the rooms of the import contract, the lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["type"] == "layers"]
    names = [layer.removeprefix("gongkai.") for layer in reversed(layers)]
    return [name for name in names if name != DEMO.name]


def rooms() -> set[str]:
    return {path.name for path in ROOMS.iterdir() if path.is_dir() and path.name != "__pycache__"}


def has_content(room: Path) -> bool:
    """Whether *room* holds a module that defines something, beyond wiring and migrations."""
    return any(
        _defines_something(path)
        for path in room.rglob("*.py")
        if path.name not in ONLY_WIRING and "migrations" not in path.parts
    )


def _defines_something(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    return any(isinstance(node, kinds) for node in body)


def test_every_room_is_in_the_declared_order() -> None:
    """No folder outside the order in which rooms may import one another."""
    assert rooms() - set(declared_rooms()) == set()


def test_every_declared_room_exists() -> None:
    """The order names no room that was never built."""
    assert set(declared_rooms()) - rooms() == set()


def test_no_room_is_empty() -> None:
    """A room is opened when there is work for it, not before."""
    assert sorted(name for name in rooms() if not has_content(ROOMS / name)) == []


def test_an_empty_room_is_found(tmp_path: Path) -> None:
    """The rule itself: wiring and migrations are not content, one definition is."""
    (tmp_path / "migrations").mkdir()
    (tmp_path / "apps.py").write_text("class Room: ...")
    (tmp_path / "migrations" / "0001_first.py").write_text("class Migration: ...")
    (tmp_path / "models.py").write_text('"""Nothing yet."""')
    assert not has_content(tmp_path)
    (tmp_path / "models.py").write_text("class Case: ...")
    assert has_content(tmp_path)


def test_names_say_what_is_inside() -> None:
    """A drawer called utils is where things go to be forgotten."""
    ours = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    ours += [*(ROOT / "tools").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    parts = {part for path in ours for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & NOT_A_NAME == set()


def test_nothing_is_too_large_to_read() -> None:
    """Modules of at most 500 lines, functions of at most 60."""
    assert too_large(ROOT) == []


def test_a_large_function_is_found(tmp_path: Path) -> None:
    """The rule itself: 61 lines are one too many, and so are 501."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "long.py").write_text("def f():\n" + "    x = 1\n" * 60)
    (tmp_path / "src" / "longer.py").write_text("x = 1\n" * 501)
    assert too_large(tmp_path) == [
        "src/longer.py: 501 lines, at most 500",
        "src/long.py:f: 61 lines, at most 60",
    ]
