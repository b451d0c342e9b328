"""An archive back into an empty place: every byte verified first, every row counted after."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import DatabaseError, connection, transaction

from gongkai.project.cli.migrate import pending
from gongkai.project.keeping import actions, snapshot, verification
from gongkai.project.keeping.archive import read_archive
from gongkai.project.keeping.backing_up import DATABASE, FILES
from gongkai.project.keeping.elsewhere import in_database
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Content, Manifest
from gongkai.project.keeping.snapshot import SQLITE, Say
from gongkai.project.keeping.staging import is_staging, staging

_TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What came back, what it still lacks, and what the verifiers say of it."""

    manifest: Manifest
    pending: list[str]
    faults: list[str]


def restore_folder(archive: Path, into: Path, say: Say) -> Restored:
    """Restore an archive of SQLite into the empty folder *into*. Raises ``KeepingRefused``."""
    with _refusing(into), _empty_folder(into), staging(into) as place:
        found = _unpacked(archive, place, say, "sqlite")
        database = place / "content" / DATABASE / SQLITE
        say("正在核对台账与审计链")
        work = partial(_verified_sqlite, database, found.content)
        waiting, faults = in_database(f"sqlite:///{quote(str(database))}", work)
        _settle(place / "content" / FILES, into)
        database.rename(into / SQLITE)
        return Restored(found, waiting, faults)


def restore_database(archive: Path, url: str, data: Path | None, say: Say) -> Restored:
    """Restore an archive of PostgreSQL into the empty database at *url*, its files into *data*.

    Raises ``KeepingRefused``.
    """
    with _place_for_files(data) as folder, _refusing(folder), staging(folder) as place:
        found = _unpacked(archive, place, say, "postgresql")
        files = place / "content" / FILES
        if files.exists() and data is None:
            raise KeepingRefused(
                "备份里有数据目录的文件，请用 --data 写明恢复到哪个空文件夹，没有恢复任何内容。"
            )
        say("正在写入数据库并核对台账与审计链")
        work = partial(_into_postgresql, place / "content" / DATABASE, found.content)
        waiting, faults = in_database(url, work)
        if data is not None:
            _settle(files, data)
        return Restored(found, waiting, faults)


def unpacked_database(archive: Path, place: Path) -> tuple[Manifest, Path]:
    """Unpack *archive* below *place*; return its manifest and where its database is."""
    found = read_archive(archive, place / "content")
    return found, place / "content" / DATABASE


def _unpacked(archive: Path, place: Path, say: Say, vendor: str) -> Manifest:
    if not archive.exists():
        raise KeepingRefused(f"没有找到备份 {archive}。请核对路径。")
    say("正在核对每个文件的哈希")
    found, _ = unpacked_database(archive, place)
    if found.content.vendor != vendor:
        raise KeepingRefused(
            f"这是 {_TITLES[found.content.vendor]} 的备份，不能恢复成 {_TITLES[vendor]}："
            "SQLite 的备份恢复到文件夹，PostgreSQL 的备份恢复到 postgresql:// 开头的空数据库。"
        )
    return found


def _verified_sqlite(database: Path, content: Content) -> tuple[list[str], list[str]]:
    actions.refuse_unknown(connection, content)
    broken = [*verification.sqlite_faults(database)]
    found = snapshot.sqlite_content(database)
    _refuse_difference([*broken, *verification.differences(content, found)])
    waiting = pending()
    return waiting, [] if waiting else list(verification.ledger_faults())


def _into_postgresql(folder: Path, content: Content) -> tuple[list[str], list[str]]:
    tables = connection.introspection.table_names()
    if tables:
        raise KeepingRefused(
            f"目标数据库里已有 {len(tables)} 张表（如 {tables[0]}），不会覆盖。请新建一个空数据库再恢复。"
        )
    with transaction.atomic():
        actions.refill_postgresql(connection, folder, content)
        found = snapshot.postgresql_content(connection.connection)
        _refuse_difference(list(verification.differences(content, found)))
        waiting = pending()
        return waiting, [] if waiting else list(verification.ledger_faults())


def _refuse_difference(found: list[str]) -> None:
    if found:
        raise KeepingRefused(f"恢复出来的数据与备份不符（{'；'.join(found[:5])}），没有保留。")


@contextmanager
def _empty_folder(into: Path) -> Iterator[None]:
    fresh = not into.exists()
    if not fresh and (not into.is_dir() or any(not is_staging(p.name) for p in into.iterdir())):
        raise KeepingRefused(f"{into} 不是空文件夹，不会覆盖。请换一个空文件夹再恢复。")
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if fresh:
            into.rmdir()
        raise


@contextmanager
def _place_for_files(data: Path | None) -> Iterator[Path]:
    if data is None:
        yield Path(tempfile.gettempdir())
        return
    with _empty_folder(data):
        yield data


@contextmanager
def _refusing(into: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, psycopg.Error, DatabaseError) as wrong:
        raise KeepingRefused(
            f"恢复没有完成（{' '.join(str(getattr(wrong, 'strerror', None) or wrong).split())}），没有留下任何内容。"
            f"请检查 {into} 的权限、磁盘空间和数据库服务后重试。"
        ) from wrong


def _settle(files: Path, into: Path) -> None:
    # Within one disk: each move is one step, and the database, without which nothing runs, is last.
    for path in sorted(files.iterdir()) if files.exists() else ():
        path.rename(into / path.name)
