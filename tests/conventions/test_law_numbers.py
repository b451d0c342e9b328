"""A number of the law is written once, in a data file with its source; code asks for it by key.

Only places where a number *means* a period are looked at, so that list sizes and column widths do
not trip the rule: ``timedelta(days=N)``, an argument or variable named after days or a limit, a
comparison with such a name, a call of something called ``…limit``, and a sentence for the user with
the number of days typed into it.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.conventions.source import ROOMS, Module, last_name, modules, parsed

DAYS = ("working_day", "natural_day")
TOO_COMMON = 2  # one or two days are "the next day" far more often than a limit
PERIOD_NAME = re.compile(
    r"(^|_)(days?|limits?|period|deadline|working_days?|natural_days?|extension)$", re.IGNORECASE
)
IN_A_SENTENCE = re.compile(r"(?<![\d.])(\d+)\s*个?(?:工作日|自然日|日内)")
SHOWN_EXAMPLES = {"EXAMPLE"}  # what a person may type is not a rule
# The demo's verbs and the pure calendar count real days; law data itself is not Python.


def day_limits() -> frozenset[int]:
    """Return the values of every parameter that is a number of days."""
    with (ROOMS / "law" / "parameters.toml").open("rb") as file:
        rows = tomllib.load(file)["parameter"]
    return frozenset(row["value"] for row in rows if row["unit"] in DAYS)


def typed_numbers(module: Module, limits: frozenset[int]) -> Iterator[str]:
    """Yield each place of *module* where one of *limits* is typed as a period."""
    telling = frozenset(value for value in limits if value > TOO_COMMON)
    skipped = _documentation(module.tree)
    for node in ast.walk(module.tree):
        for value in (*_periods(node), *(() if node in skipped else _said(node))):
            if value in telling:
                yield module.at(node, f"{value}")


def _periods(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Call):
        yield from _from_call(node)
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(PERIOD_NAME.search(last_name(side)) for side in sides):
            yield from _integers(sides)
    elif isinstance(node, ast.Assign) and any(
        PERIOD_NAME.search(last_name(t)) for t in node.targets
    ):
        yield from _integers([node.value])
    elif isinstance(node, ast.AnnAssign) and PERIOD_NAME.search(last_name(node.target)):
        yield from _integers([node.value] if node.value else [])
    elif isinstance(node, ast.arguments):
        yield from _from_defaults(node)


def _from_call(call: ast.Call) -> Iterator[int]:
    name = last_name(call)
    if name == "timedelta" or PERIOD_NAME.search(name):
        yield from _integers(call.args)
    for keyword in call.keywords:
        named = keyword.arg or ""
        if PERIOD_NAME.search(named) or (name.lower().endswith("limit") and named == "count"):
            yield from _integers([keyword.value])


def _from_defaults(arguments: ast.arguments) -> Iterator[int]:
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs: list[tuple[ast.arg, ast.expr | None]] = [
        *zip(
            positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True
        ),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if default is not None and PERIOD_NAME.search(argument.arg):
            yield from _integers([default])


def _integers(nodes: list[ast.expr]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield node.value


def _said(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from map(int, IN_A_SENTENCE.findall(node.value))


def _documentation(tree: ast.Module) -> set[ast.AST]:
    """Return the strings that are explanations: docstrings and the examples of a verb."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(node.value)
        elif isinstance(node, ast.Assign) and {last_name(t) for t in node.targets} & SHOWN_EXAMPLES:
            found.update(ast.walk(node.value))
    return found


def test_no_limit_of_the_law_is_typed_in_code() -> None:
    """法定期限只写在数据文件里，一个数一处。"""
    limits = day_limits()
    assert [found for module in modules(ROOMS) for found in typed_numbers(module, limits)] == []


def test_limits_are_read_from_the_law_data() -> None:
    """《条例》第三十三条：答复期限二十个工作日，所以规则至少认得 20。"""
    assert 20 in day_limits()


@pytest.mark.parametrize(
    "planted",
    [
        "timedelta(days=20)",
        "timedelta(20)",
        "Limit(20, 'working_day')",
        "Limit(count=20)",
        "due(received, working_days=20)",
        "late = elapsed_days > 20",
        "late = 20 < case.days",
        "REPLY_LIMIT = 20",
        "reply_limit: int = 20",
        "def due(on, limit=20): ...",
        "def due(on, *, days=20): ...",
        "message = '应当在20个工作日内答复'",
        "message = f'{name}：20 个工作日'",
    ],
)
def test_planted_number_is_found(planted: str) -> None:
    """The rule itself: each way of typing a limit is caught."""
    assert len(list(typed_numbers(parsed(planted), frozenset({20})))) == 1


@pytest.mark.parametrize(
    "innocent",
    [
        "timedelta(days=1)",
        "timedelta(days=21)",
        "page_size = 20",
        "rows[:20]",
        "models.CharField(max_length=20)",
        '"""Art 33: 20个工作日."""',
        "EXAMPLE = '''延长20个工作日'''",
        "message = '共 20 件'",
        "timedelta(seconds=20)",
    ],
)
def test_innocent_number_is_not_found(innocent: str) -> None:
    """The rule itself: other twenties, explanations and examples are left alone."""
    assert list(typed_numbers(parsed(innocent), frozenset({1, 20}))) == []
