"""Which module uses a rule of law, and which tests prove it: collected from the source for ``/rules/``.

A module uses a rule when it writes its key. A test proves one when it writes its key, uses a name its
module gives to that key, or names the rule's article in its docstring. ``--check`` compares with the
file in the package, without it the file is written.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gongkai.law.parameters import packaged

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "gongkai" / "rulebook" / "evidence.json"
_ARTICLE = re.compile(
    r"(?P<law>《[^》]+》|[\u4e00-\u9fff]*?(?:条例|办法|法|规定|解释|民法典))?"
    r"(?:（[^）]*）)?第(?P<article>[一二三四五六七八九十百零〇]+)条"
)
_THE_REGULATION = "政府信息公开条例"
"""What a docstring means by “条例” alone."""


class Article(NamedTuple):
    """An article of a law, as far as a sentence names it."""

    law: str
    n: str


class Test(NamedTuple):
    """A test with what its body and its docstring mention."""

    name: str
    says: str
    keys: frozenset[str]
    articles: frozenset[Article]


def articles(text: str) -> frozenset[Article]:
    """Return the articles *text* names, each with its law: the one named last before it, else the
    regulation on open government information, as everywhere in this project.
    """
    found, law = set(), _THE_REGULATION
    for match in _ARTICLE.finditer(text):
        law = _law(match["law"]) if match["law"] else law
        found.add(Article(law, match["article"]))
    return frozenset(found)


def collect(root: Path = ROOT) -> dict[str, dict[str, object]]:
    """Return the evidence for every key of the packaged parameters, in their order."""
    keys = dict.fromkeys(entry.key for entry in packaged())
    bases = {
        key: frozenset().union(*(articles(p.basis) for p in packaged() if p.key == key))
        for key in keys
    }
    uses = list(_uses(root / "src" / "gongkai", frozenset(keys)))
    tests = list(_tests(root, frozenset(keys)))
    return {
        key: {
            "uses": sorted({path for path, found in uses if key in found}),
            "tests": [
                {"test": test.name, "says": test.says}
                for test in sorted(tests)
                if key in test.keys or test.articles & bases[key]
            ],
        }
        for key in keys
    }


def main(arguments: list[str]) -> int:
    text = json.dumps(collect(), ensure_ascii=False, indent=1) + "\n"
    if "--check" not in arguments:
        FILE.write_text(text, encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{FILE.relative_to(ROOT)} is stale: run .venv/bin/python -m tools.rule_evidence")
    return 1


def _law(named: str) -> str:
    name = named.strip("《》").removeprefix("中华人民共和国")
    return _THE_REGULATION if name == "条例" else name


def _uses(package: Path, keys: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = _strings(tree) & keys
        if found:
            yield path.relative_to(package.parent).as_posix(), found


def _tests(root: Path, keys: frozenset[str]) -> Iterator[Test]:
    for path in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _named(tree, keys)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield _test(path.relative_to(root).as_posix(), node, names, keys)


def _test(path: str, node: ast.FunctionDef, names: dict[str, str], keys: frozenset[str]) -> Test:
    says = (ast.get_docstring(node) or "").strip().partition("\n\n")[0].replace("\n", " ")
    used = {names[n.id] for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in names}
    return Test(
        f"{path}::{node.name}", says, frozenset(_strings(node) & keys | used), articles(says)
    )


def _named(tree: ast.Module, keys: frozenset[str]) -> dict[str, str]:
    """Return the module's own names for keys: ``PERIOD = "correction.period"``."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and node.value.value in keys
    }


def _strings(tree: ast.AST) -> frozenset[str]:
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
