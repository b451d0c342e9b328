"""操作者能设的每个环境变量，都在设置手册的表格里有一行；手册里也没有程序不读的变量。"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "src" / "gongkai" / "project" / "environment.py"
MANUAL = ROOT / "docs" / "manual" / "settings.zh.md"

_ROW = re.compile(r"^\| `(?P<name>[A-Z][A-Z_]+)` \| (?P<rest>.+) \|$", re.MULTILINE)
_DIRECT = frozenset({"str", "bool", "list", "int", "float", "path", "url"})


def variables_read(source: str) -> set[str]:
    """Return the names that *source* asks of the environment, ``_secret`` adding its file variant."""
    found: set[str] = set()
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        if _asks_directly(call):
            found |= _literals(call.args[:1])
        elif isinstance(call.func, ast.Name) and call.func.id == "_secret":
            names = _literals(call.args[1:2])
            found |= names | {f"{name}_FILE" for name in names}
    return found


def _asks_directly(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _DIRECT
        and isinstance(function.value, ast.Name)
        and function.value.id == "env"
    )


def _literals(arguments: list[ast.expr]) -> set[str]:
    constants = (a.value for a in arguments if isinstance(a, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def documented(manual: str) -> dict[str, str]:
    """Return each variable that has a row in *manual*, with the rest of its row."""
    return {row["name"]: row["rest"] for row in _ROW.finditer(manual)}


def test_settings_every_variable_read_is_documented_and_no_other() -> None:
    """程序读的变量与手册写的变量是同一组。"""
    read = variables_read(READER.read_text(encoding="utf-8"))

    assert sorted(documented(MANUAL.read_text(encoding="utf-8"))) == sorted(read)


def test_settings_each_row_has_default_meaning_and_example() -> None:
    """每一行都写明默认值、含义、示例，没有空格子。"""
    rows = documented(MANUAL.read_text(encoding="utf-8"))

    empty = {
        name: rest
        for name, rest in rows.items()
        if len(cells := rest.split(" | ")) != 3 or not all(cell.strip() for cell in cells)
    }
    assert empty == {}


def test_settings_reading_the_source_finds_all_three_ways_of_asking() -> None:
    """核对的办法本身：直接读、读密钥、读布尔值，三种写法都认得；不是读环境变量的不算。"""
    source = (
        'env.str("A_NAME", "x")\n_secret(env, "B_KEY", "")\n'
        'env.bool("C_FLAG", True)\nother.str("D_NOT_OURS")\nenv.str(f"{name}_FILE", "")\n'
    )

    assert variables_read(source) == {"A_NAME", "B_KEY", "B_KEY_FILE", "C_FLAG"}


def test_settings_an_undocumented_variable_is_noticed() -> None:
    """手册少一行，就对不上。"""
    manual = MANUAL.read_text(encoding="utf-8")
    without = "\n".join(line for line in manual.splitlines() if "| `GONGKAI_DATA` |" not in line)

    assert set(documented(manual)) - set(documented(without)) == {"GONGKAI_DATA"}
