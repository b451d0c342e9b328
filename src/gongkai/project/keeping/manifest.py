"""What an archive says about itself, and which archives this program may take back."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from gongkai import __version__
from gongkai.project.keeping.errors import KeepingRefused

FORMAT = 1
NAME, SUMS = "manifest.json", "SHA256SUMS"
_BLOCK = 1 << 20


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the archive."""

    name: str
    bytes: int
    sha256: str


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a stream of the audit log stood."""

    stream: str
    seq: int
    hash: str


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was in the database: of one instant, whoever was writing."""

    vendor: str
    server: str
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    columns: dict[str, list[str]]
    sequences: dict[str, tuple[str, int, bool]]
    heads: list[Head]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``manifest.json``: versions, migrations, counts, heads, and the hash of every other member."""

    format: int
    program: str
    taken_at: str
    content: Content
    members: list[Member]


def written(manifest: Manifest) -> bytes:
    """Return the manifest's bytes, readable by a person."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def read(body: bytes) -> Manifest:
    """Return the manifest in *body*. Raises ``KeepingRefused`` for one that is not ours, or newer."""
    try:
        head = msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise KeepingRefused(
            f"{NAME} 读不懂（{wrong}）：不是本程序的备份，或者被改动过。"
        ) from wrong
    refuse_newer(str(head.get("program", "")), head.get("format"))
    try:
        return msgspec.json.decode(body, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise KeepingRefused(
            f"{NAME} 读不懂（{wrong}）：不是本程序的备份，或者被改动过。"
        ) from wrong


def refuse_newer(program: str, layout: object) -> None:
    """Raise ``KeepingRefused`` for an archive made by a later program than this one."""
    newer = isinstance(layout, int) and layout > FORMAT
    if newer or _numbers(program) > _numbers(__version__):
        raise KeepingRefused(
            f"备份由较新的版本（{program}）生成，本机是 {__version__}，不能读入较新的数据。"
            f"请先安装 {program} 或更新的版本，再恢复。"
        )


def sums(manifest: Manifest, body: bytes) -> bytes:
    """Return the list that ``sha256sum -c`` reads, of the manifest and every member."""
    lines = [f"{hashlib.sha256(body).hexdigest()}  {NAME}"]
    lines += [f"{member.sha256}  {member.name}" for member in manifest.members]
    return ("\n".join(lines) + "\n").encode()


def member(path: Path, name: str) -> Member:
    """Return the size and hash of the file at *path*, to be called *name*."""
    found = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
            size += len(block)
    return Member(name, size, found.hexdigest())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
