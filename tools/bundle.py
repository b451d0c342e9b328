"""One archive that installs with no network: ``python -m tools.bundle [--out DIR]``.

Holds the wheel of this checkout (with fonts, data files and pages inside), the wheels named with their
hashes in requirements/server.txt, the pinned uv, the manual and install.py. For the kind of machine and
the version of Python it is made with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from bootstrap import index
from gongkai import __version__

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".tools" / "uv"
SERVER = ROOT / "requirements" / "server.txt"
PIP = "pip==25.3"
"""Only fetches: what it may fetch is fixed by the hashes of requirements/server.txt."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tools.bundle")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the archive")
    out: Path = parser.parse_args(argv).out
    out.mkdir(parents=True, exist_ok=True)
    python = "{}.{}".format(*sys.version_info[:2])
    name = f"gongkai-{__version__}-{sys.platform}-{platform.machine()}-py{python}"
    with tempfile.TemporaryDirectory(dir=out) as place:
        folder = Path(place) / name
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        download(wheels)
        fill(folder, python, SERVER.read_text(encoding="utf-8"))
        archive = out / f"{name}.tar.gz"
        ready = Path(place) / "archive"
        with tarfile.open(ready, "w:gz", compresslevel=6) as tar:
            tar.add(folder, name, filter=_anonymous)
        ready.replace(archive)
    print(f"{archive}  {archive.stat().st_size / 1e6:.0f} MB  sha256 {_sha256(archive)}")
    return 0


def fill(folder: Path, python: str, named: str) -> None:
    """Complete *folder*, whose ``wheels`` are those of the hashed list *named*; hash everything."""
    ours = _build(folder / "wheels")
    own = f"gongkai=={__version__} \\\n    --hash=sha256:{_sha256(ours)}\n"
    (folder / "requirements.txt").write_text(own + named, encoding="utf-8")
    shutil.copy2(UV, folder / "uv")
    shutil.copy2(ROOT / "tools" / "install.py", folder / "install.py")
    shutil.copytree(ROOT / "docs" / "manual", folder / "docs" / "manual")
    for name in ("LICENSE", "NOTICE", "README.zh-CN.md", "CHANGELOG.md"):
        shutil.copy2(ROOT / name, folder / "docs" / name)
    kind = {
        "version": __version__,
        "system": sys.platform,
        "machine": platform.machine(),
        "python": python,
    }
    (folder / "bundle.json").write_text(json.dumps(kind, indent=1), encoding="utf-8")
    lines = [
        f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def download(wheels: Path) -> None:
    """Fetch what requirements/server.txt names."""
    # uv has no download of its own; pip, run by uv in a throw-away environment, has.
    subprocess.run(
        [
            UV, "tool", "run", "--python", sys.executable, "--default-index", index(), "--from", PIP,
            "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps",
            "--only-binary", ":all:", "--index-url", index(), "--dest", wheels,
            "-r", SERVER,
        ],
        check=True,
    )  # fmt: skip


def _build(wheels: Path) -> Path:
    subprocess.run(
        [UV, "build", "--quiet", "--wheel", "--offline", "--no-config", "--out-dir", wheels, ROOT],
        check=True,
    )
    (wheels / ".gitignore").unlink(missing_ok=True)
    (ours,) = wheels.glob("gongkai-*.whl")
    return ours


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
