"""Our source, parsed once, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
ROOMS = PACKAGE
DEMO = ROOT / "src" / "gongkai_demo"


@dataclass(frozen=True)
class Violation:
    """A line that breaks a rule, and the name or text that breaks it."""

    line: int
    what: str


@dataclass(frozen=True)
class Module:
    """One source file and its path below ``src``."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    def at(self, node: ast.AST, what: str) -> str:
        """Return a finding as ``path:line: what``."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}: {what}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def parsed(text: str, path: str = "gongkai/room/views.py") -> Module:
    """Return *text* as a module, for the test of a rule."""
    return Module(path, text)


@cache
def modules(*folders: Path) -> tuple[Module, ...]:
    """Return every module below *folders*."""
    return tuple(
        Module(str(path.relative_to(ROOT / "src")), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
    )


def matching(tree: ast.AST, breaks: Callable[[ast.AST], bool]) -> list[Violation]:
    """Return the nodes of *tree* for which *breaks* holds, by line."""
    found = [node for node in ast.walk(tree) if breaks(node)]
    return sorted(
        (Violation(getattr(node, "lineno", 0), ast.unparse(node)) for node in found),
        key=lambda one: one.line,
    )


def places(found: Iterable[tuple[Module, Iterable[Violation]]]) -> list[str]:
    """Return ``path:line: what`` for each violation."""
    return [f"{module.path}:{one.line}: {one.what}" for module, all_ in found for one in all_]


def last_name(node: ast.AST) -> str:
    """Return ``c`` of ``a.b.c`` or ``a.b.c(…)``, the name of a name, else an empty string."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
