"""Behind ``make check``: every check runs even when an earlier one failed, then the verdicts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
PYTHON = str(PROGRAMS / "python")
TYPED = ("src", "tests", "benchmarks", "tools", "bootstrap.py")
CHECKS = {
    "format": [str(PROGRAMS / "ruff"), "format", "--check", "."],
    "lint": [str(PROGRAMS / "ruff"), "check", "."],
    "types": [PYTHON, "-m", "mypy", *(name for name in TYPED if (ROOT / name).exists())],
    "imports": [str(PROGRAMS / "lint-imports")],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "links": [PYTHON, "-m", "tools.check_doc_links"],
    "evidence": [PYTHON, "-m", "tools.rule_evidence", "--check"],
    "licences": [PYTHON, "-m", "tools.licences"],
    "weaknesses": [PYTHON, "-m", "tools.weaknesses"],
    "lock": [PYTHON, "-m", "tools.requirements", "--check"],
    "sizes": [PYTHON, "-m", "tools.largest"],
}


def main() -> int:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    verdicts = []
    for name, command in CHECKS.items():
        print(f"\n── {name}", flush=True)
        start = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        verdicts.append((name, done.returncode == 0, time.monotonic() - start))
    print()
    for name, good, seconds in verdicts:
        print(f"{'ok    ' if good else 'FAILED'}  {name:<12}{seconds:6.1f}s")
    return 0 if all(good for _, good, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
