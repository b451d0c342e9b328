"""Writes requirements/*.txt from uv.lock: ``python -m tools.requirements [--check]``.

uv.lock names the hosts it was made with; these lists name only versions and hashes, so that a
mirror set by one variable can serve every file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = {
    "server.txt": ("--extra", "server", "--no-dev"),
    "dev.txt": ("--extra", "server", "--group", "dev"),
}


def exported(options: tuple[str, ...]) -> str:
    """Return the hashed list for *options*, as uv derives it from the lock without the network."""
    command = [str(ROOT / ".tools" / "uv"), "export", "--frozen", "--offline", "--no-emit-project"]
    command += ["--no-header", "--no-annotate", *options]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def main(argv: list[str]) -> int:
    stale = []
    for name, options in LISTS.items():
        path, text = ROOT / "requirements" / name, exported(options)
        if "--check" not in argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"requirements/{name} is not what uv.lock says: run `make lock`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
