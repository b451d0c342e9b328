"""Run every benchmark, or those named: ``python -m benchmarks clocks starting``."""

from __future__ import annotations

import importlib
import sys

ALL = (
    "clocks",
    "starting",
    "compiling",
    "desk",
    "instrument",
    "search",
    "publishing",
    "rebuilding",
    "registers",
    "serving",
    "letters",
    "resembling",
)


def main(names: list[str]) -> None:
    for name in names or ALL:
        importlib.import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main(sys.argv[1:])
