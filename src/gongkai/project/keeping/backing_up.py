"""One backup: the database of an instant and the files beside it, in an archive that is whole or absent."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongkai import __version__
from gongkai.audit.clock import SHANGHAI, now
from gongkai.project.keeping import folder, manifest, snapshot
from gongkai.project.keeping.archive import already, kind_of, write_archive
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Content, Manifest
from gongkai.project.keeping.snapshot import Say
from gongkai.project.keeping.staging import staging

DATABASE, FILES = "database", "files"


@dataclass(frozen=True)
class Backup:
    """A finished archive and the files that were left out because a key is in them."""

    path: Path
    bytes: int
    manifest: Manifest
    left_out: list[Path]


def back_up(out: Path, say: Say) -> Backup:
    """Write the installation's backup to *out*. Raises ``KeepingRefused``; then nothing is at *out*."""
    kind_of(out)
    if out.exists() or out.is_symlink():
        raise already(out)
    try:
        with staging(out.absolute().parent) as place:
            return _back_up(out.absolute(), place, say)
    except (OSError, sqlite3.Error) as wrong:
        raise KeepingRefused(
            f"备份没有完成（{getattr(wrong, 'strerror', None) or wrong}），{out} 没有生成。"
            "请检查路径、权限和磁盘空间后重试。"
        ) from wrong


def _back_up(out: Path, place: Path, say: Say) -> Backup:
    content = place / "content"
    content.mkdir(mode=0o700)
    taken_at = now().astimezone(SHANGHAI).isoformat(timespec="seconds")
    database = snapshot.take(connection, content / DATABASE, say)
    left_out = _copy_files(content / FILES, out)
    say("正在计算哈希并打包")
    whole = Manifest(manifest.FORMAT, __version__, taken_at, database, _members(content))
    size = write_archive(content, whole, out)
    _remember(taken_at, out, size)
    return Backup(out, size, whole, left_out)


def _copy_files(target: Path, out: Path) -> list[Path]:
    data: Path = settings.DATA
    is_file = connection.vendor == "sqlite"
    database = Path(connection.settings_dict["NAME"]) if is_file else None
    keys = (settings.SECRET_KEY, settings.IDENTITY_KEY, *settings.IDENTITY_KEYS_OLD)
    named = folder.key_files(os.environ)
    left_out = []
    for path in folder.kept_files(data, database=database, out=out):
        try:
            if path.resolve() in named or folder.holds_a_key(path, keys):
                left_out.append(path)
                continue
            _copy(path, target / path.relative_to(data))
        except FileNotFoundError as gone:
            _refuse_lost(path.relative_to(data), gone)
    return left_out


def _copy(path: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, copy)


def _refuse_lost(path: Path, gone: FileNotFoundError) -> None:
    """Go on without a file the running program took away meanwhile, unless the copied database may speak of it.

    The database was copied first and a file is on the disk before its row: what is missing now was taken away
    since. A page is written anew from the database, and a half of an upload was never anybody's; a file that
    was kept is what the copy would lack.
    """
    if folder.is_kept_for_good(path):
        raise KeepingRefused(
            f"备份期间，运行中的程序按规定销毁了文件 {path}，复制的数据库还记着它，这份备份不完整，没有生成。"
            "请重新运行 gongkai backup。"
        ) from gone


def _members(content: Path) -> list[manifest.Member]:
    names = sorted(
        path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()
    )
    return [manifest.member(content / name, name) for name in names]


def _remember(taken_at: str, out: Path, size: int) -> None:
    # `gongkai doctor` tells how old the last backup is; a copy of it is in no backup.
    note = settings.DATA / folder.LAST_BACKUP
    fresh = note.with_suffix(".part")
    fresh.write_text(
        json.dumps({"at": taken_at, "out": str(out), "bytes": size}, ensure_ascii=False),
        encoding="utf-8",
    )
    fresh.replace(note)


def rows_in(content: Content) -> int:
    """Return how many rows a copy has."""
    return sum(content.rows.values())
