"""From pressing return to the verdict: whole processes of the Django-free commands."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import median_seconds, say

_PUBLISHED = Path(__file__).parent.parent / "src/gongkai_demo/data/published-2024.json"
_COMMANDS = {
    "gongkai check FILE": ["check", str(_PUBLISHED)],
    "gongkai due DATE": ["due", "2024-02-08"],
    "gongkai fee --items": ["fee", "--items", "31"],
}


def run() -> None:
    """Time each command from outside; its exit code is its verdict and does not matter here."""
    for title, arguments in _COMMANDS.items():
        command = [sys.executable, "-m", "gongkai", *arguments]
        seconds = median_seconds(partial(subprocess.run, command, capture_output=True, check=False))
        say(title, f"{seconds * 1000:.0f} ms", "bar: 300 ms")
