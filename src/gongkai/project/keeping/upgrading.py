"""A new version's tables under an old version's data: backed up, migrated, verified, or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongkai.audit.clock import SHANGHAI, now
from gongkai.project.cli.migrate import migrate, pending
from gongkai.project.keeping import actions, verification
from gongkai.project.keeping.backing_up import Backup, back_up
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.folder import BACKUPS
from gongkai.project.keeping.lock import at_work
from gongkai.project.keeping.manifest import Content, Head
from gongkai.project.keeping.restoring import unpacked_database
from gongkai.project.keeping.snapshot import SQLITE, Say
from gongkai.project.keeping.staging import staging


@dataclass(frozen=True)
class Upgraded:
    """What was migrated, and the backup taken before."""

    migrations: list[str]
    backup: Backup


class _NotWhole(Exception):
    """The verifiers found something after the migration."""


def upgrade(say: Say) -> Upgraded | None:
    """Bring the database to this version; return None when it is there already.

    Raises ``KeepingRefused``; the database is then what it was before.
    """
    with at_work(settings.DATA, alone=True):
        waiting = pending()
        if not waiting:
            return None
        say("正在备份")
        backup = back_up(_beside(), say)
        try:
            say(f"正在执行 {len(waiting)} 项迁移")
            migrate()
            say("正在核对触发器、台账与审计链")
            _refuse_broken(backup.manifest.content.heads)
        except BaseException as wrong:
            say("升级没有成功，正在恢复到升级前")
            _go_back(backup, wrong)
            raise _told(backup, wrong) from wrong
        return Upgraded(waiting, backup)


def _beside() -> Path:
    folder: Path = settings.DATA / BACKUPS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"before-upgrade-{now().astimezone(SHANGHAI):%Y%m%d-%H%M%S}.tar.gz"


def _refuse_broken(heads: list[Head]) -> None:
    found = [*verification.ledger_faults(), *verification.lost_heads(heads)]
    if found:
        raise _NotWhole(f"升级后核对出 {len(found)} 处不符：{'；'.join(found[:3])}")


def _go_back(backup: Backup, wrong: BaseException) -> None:
    connection.close()
    try:
        with staging(backup.path.parent) as place:
            found, database = unpacked_database(backup.path, place)
            refill(database, found.content)
    except Exception as again:
        raise KeepingRefused(
            f"升级没有成功（{wrong}），自动恢复也没有成功（{again}）。请不要启动服务；"
            f"用 gongkai restore {backup.path} 恢复到一个空的位置。"
        ) from again


def refill(folder: Path, content: Content) -> None:
    """Make the settings' database what the unpacked copy in *folder* is."""
    if connection.vendor == "sqlite":
        actions.refill_sqlite(folder / SQLITE, Path(connection.settings_dict["NAME"]))
    else:
        actions.refill_postgresql(connection, folder, content)


def _told(backup: Backup, wrong: BaseException) -> KeepingRefused:
    why = "被中断" if isinstance(wrong, KeyboardInterrupt) else " ".join(str(wrong).split())
    return KeepingRefused(
        f"升级没有成功（{why}）。已自动恢复到升级前的数据，可以继续用原来的版本；"
        f"升级前的备份在 {backup.path}。请把这句话告知维护者。"
    )
