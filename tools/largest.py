"""The ten largest modules and functions, and the sizes at which the build stops."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "tools", "benchmarks")
MODULE_STOP, FUNCTION_STOP = 500, 60
SHOWN = 10


def modules(root: Path = ROOT) -> Iterator[Path]:
    """Yield every Python file of ours; migrations are written by Django and do not count."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def module_sizes(root: Path = ROOT) -> list[tuple[int, str]]:
    """Return (lines, path), the largest first."""
    sizes = ((_lines(path), str(path.relative_to(root))) for path in modules(root))
    return sorted(sizes, reverse=True)


def function_sizes(root: Path = ROOT) -> list[tuple[int, str]]:
    """Return (lines, path:name), the largest first."""
    found = []
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                place = f"{path.relative_to(root)}:{node.name}"
                found.append((node.end_lineno - node.lineno + 1, place))
    return sorted(found, reverse=True)


def too_large(root: Path = ROOT) -> list[str]:
    """Return one line for each unit above its stop."""
    limits = ((module_sizes(root), MODULE_STOP), (function_sizes(root), FUNCTION_STOP))
    return [
        f"{place}: {lines} lines, at most {stop}"
        for sizes, stop in limits
        for lines, place in sizes
        if lines > stop
    ]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def main() -> int:
    for title, sizes in (("modules", module_sizes()), ("functions", function_sizes())):
        print(f"largest {title}:")
        for lines, place in sizes[:SHOWN]:
            print(f"{lines:>6}  {place}")
    wrong = too_large()
    for line in wrong:
        print(f"too large: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
