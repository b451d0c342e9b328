"""What a person reads when something is refused is Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conventions.source import DEMO, ROOMS, Module, last_name, modules, parsed

# A label before somebody else's Chinese sentence has at least Chinese punctuation.
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]")
# These report a programmer's mistake, which no clerk meets; they are English like the code.
FOR_PROGRAMMERS = {
    *("AssertionError", "AttributeError", "IndexError", "KeyError", "LookupError"),
    *("NotImplementedError", "RuntimeError", "TypeError", "ValueError", "ImproperlyConfigured"),
}


def not_chinese(module: Module) -> Iterator[str]:
    """Yield each refusal whose typed words are Latin without one Chinese character."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            text = _typed(node.exc.args[0])
            if (
                last_name(node.exc) not in FOR_PROGRAMMERS
                and LATIN.search(text)
                and not CHINESE.search(text)
            ):
                yield module.at(node, text)


def _typed(node: ast.AST) -> str:
    strings = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return "".join(part for part in strings if isinstance(part, str))


def test_refusals_are_chinese() -> None:
    """报错用中文写给县里的经办人看。"""
    assert [found for module in modules(ROOMS, DEMO) for found in not_chinese(module)] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("raise CommandError('no such file')", 1),
        ("raise CommandError(f'{name} not found')", 1),
        ("raise CommandError('找不到文件')", 0),
        ("raise CommandError(f'format：{error}')", 0),
        ("raise CommandError(str(error))", 0),
        ("raise ValueError('fen must not be negative')", 0),
    ],
)
def test_planted_english_refusal_is_found(text: str, count: int) -> None:
    """The rule itself."""
    assert len(list(not_chinese(parsed(text)))) == count
