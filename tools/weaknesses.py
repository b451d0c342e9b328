"""Known weaknesses of what a server runs: ``python -m tools.weaknesses [--index URL] [--advisories URL]``.

Three questions of requirements/server.txt: has every file its hashes; has the index taken a release back
(PEP 592 ``yanked``, asked in the form of PEP 691); do the advisories know a weakness (pip-audit). The first
is always answered. Where an index or the advisories do not answer, that is said, and is no failure:
a county builds behind a mirror, or without a network.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "requirements" / "server.txt"
ACCEPTED = ROOT / "tools" / "weaknesses.toml"
INDEX = "https://pypi.org/simple"
_SIMPLE = "application/vnd.pypi.simple.v1+json"
_PATIENCE, _AUDIT_PATIENCE = 4, 18  # seconds for one answer of the index, and for the advisories
_AT_ONCE = 16
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


class NotAnswered(Exception):
    """A source that did not answer the question."""


@dataclass(frozen=True)
class Pin:
    """A release as the list names it, with the hashes of the files that may be installed."""

    name: str
    version: str
    hashes: frozenset[str]


@dataclass(frozen=True)
class Weakness:
    """What the advisories say of a release."""

    package: str
    version: str
    ids: tuple[str, ...]
    fixed_in: str

    def __str__(self) -> str:
        cure = f"升级到 {self.fixed_in}" if self.fixed_in else "还没有修复的版本"
        return f"{self.package} {self.version}：已知漏洞 {self.ids[0]}，{cure}"


@dataclass(frozen=True)
class Accepted:
    """A weakness we live with until a day, and why."""

    id: str
    package: str
    reason: str
    until: date


def pins(text: str) -> list[Pin]:
    """Return the releases of a requirements list whose lines may be continued."""
    lines = text.replace("\\\n", " ").splitlines()
    found = ((_PINNED.match(line), line) for line in lines)
    return [Pin(m[1], m[2], frozenset(_HASH.findall(line))) for m, line in found if m]


def unpinned(text: str) -> list[str]:
    """Return the lines that name something without a version and a hash."""
    lines = (line.strip() for line in text.replace("\\\n", " ").splitlines())
    return [
        line.split(" ")[0]
        for line in lines
        if line and not line.startswith("#") and not (_PINNED.match(line) and _HASH.search(line))
    ]


def accepted(text: str) -> list[Accepted]:
    """Return the exceptions of the file. Raises ``KeyError`` for one without reason or end."""
    rows = tomllib.loads(text).get("accepted", [])
    return [Accepted(row["id"], row["package"], row["reason"], row["until"]) for row in rows]


def yanked(pin: Pin, index: str) -> str | None:
    """Return why the index took back every file of *pin* that we would install, or None.

    Raises :class:`NotAnswered`.
    """
    address = f"{index.rstrip('/')}/{re.sub(r'[-_.]+', '-', pin.name).lower()}/"
    if not address.startswith(("http://", "https://")):
        raise NotAnswered(f"{index} 不是网络上的索引")
    asked = urllib.request.Request(address, headers={"Accept": _SIMPLE})  # noqa: S310  # checked above
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE) as answer:  # noqa: S310
            page = json.load(answer)
        files = [one for one in page["files"] if one["hashes"].get("sha256") in pin.hashes]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotAnswered(f"索引没有回答（{type(wrong).__name__}）") from wrong
    reasons = [one.get("yanked", False) for one in files]
    if not reasons or not all(reasons):
        return None
    return next((reason for reason in reasons if isinstance(reason, str)), "没有写明原因")


def weaknesses(list_: Path, advisories: str = "") -> tuple[list[Weakness], list[str]]:
    """Return what the advisories know of *list_*, and which releases they do not know at all.

    *advisories* is the address of a service that speaks OSV; PyPI's own when empty.
    Raises :class:`NotAnswered`.
    """
    command = [sys.executable, "-m", "pip_audit", "-r", str(list_), "--disable-pip", "--no-deps"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(_PATIENCE)]
    if advisories:
        command += ["--vulnerability-service", "osv", "--osv-url", advisories]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_AUDIT_PATIENCE
        )
        entries = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError) as wrong:
        raise NotAnswered("漏洞公告没有回答") from wrong
    unknown = [entry["name"] for entry in entries if "skip_reason" in entry]
    return list(_known(entries)), unknown


def _known(entries: Sequence[dict[str, Any]]) -> Iterator[Weakness]:
    for entry in entries:
        for one in entry.get("vulns", ()):
            ids = (one["id"], *one.get("aliases", ()))
            fixed = "、".join(one.get("fix_versions", ()))
            yield Weakness(entry["name"], entry["version"], ids, fixed)


def judged(
    found: Sequence[Weakness], exceptions: Sequence[Accepted], today: date
) -> tuple[list[str], list[str]]:
    """Return what is wrong, and what is accepted for now, each as a line."""
    wrong, borne = [], []
    for weakness in found:
        mine = [
            one
            for one in exceptions
            if one.id in weakness.ids and one.package.lower() == weakness.package.lower()
        ]
        if mine and mine[0].until >= today:
            borne.append(f"{weakness}；暂时接受到 {mine[0].until}：{mine[0].reason}")
        elif mine:
            wrong.append(f"{weakness}；接受的期限 {mine[0].until} 已过")
        else:
            wrong.append(str(weakness))
    return wrong, borne


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is wrong and what could not be asked; 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--accepted", type=Path, default=ACCEPTED)
    parser.add_argument("--index", default=os.environ.get("GONGKAI_INDEX") or INDEX)
    parser.add_argument("--advisories", default="")
    args = parser.parse_args(argv)
    text = args.list.read_text(encoding="utf-8")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        audit = pool.submit(_audited, args.list, args.advisories, args.accepted)
        taken_back = list(pool.map(lambda pin: _taken_back(pin, args.index), pins(text)))
    wrong, notes = audit.result()
    wrong += [f"{line}：没有固定版本和 SHA-256" for line in unpinned(text)]
    wrong += [line for line, is_wrong in taken_back if is_wrong]
    silent = [line for line, is_wrong in taken_back if line and not is_wrong]
    if silent:
        notes.append(f"没有核对：{len(silent)} 个依赖是否被撤回，{silent[0]}")
    for line in [*wrong, *notes]:
        print(line)
    print(f"{len(pins(text))} libraries, {len(wrong)} weaknesses")
    return 1 if wrong or not pins(text) else 0


def _audited(list_: Path, advisories: str, exceptions: Path) -> tuple[list[str], list[str]]:
    try:
        found, unknown = weaknesses(list_, advisories)
    except NotAnswered as silent:
        return [], [f"没有核对：全部依赖的已知漏洞，{silent}"]
    today = datetime.now(UTC).date()
    wrong, notes = judged(found, accepted(exceptions.read_text(encoding="utf-8")), today)
    if unknown:
        notes.append(
            f"没有核对：{len(unknown)} 个依赖的已知漏洞，公告里没有它们（{unknown[0]} 等）"
        )
    return wrong, notes


def _taken_back(pin: Pin, index: str) -> tuple[str, bool]:
    try:
        reason = yanked(pin, index)
    except NotAnswered as silent:
        return str(silent), False
    if reason is None:
        return "", False
    return f"{pin.name} {pin.version}：发布者已撤回（{reason}），请换一个版本", True


if __name__ == "__main__":
    sys.exit(main())
