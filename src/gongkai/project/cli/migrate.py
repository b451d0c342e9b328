"""``gongkai migrate``: create the database's tables, or bring them up to this version."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.project.cli.errors import CommandError

SUMMARY = "建立或者升级数据库"
EXAMPLE = """\
# 第一次安装，或者升级程序之后
gongkai migrate
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to declare: the database is the one named by ``DATABASE_URL``."""


def run(_: argparse.Namespace) -> int:
    """Apply what is pending and say how much that was."""
    applied = migrate()
    answer = f"执行了 {applied} 项迁移" if applied else "已是最新，没有需要执行的迁移"
    sys.stdout.write(f"数据库{answer}。\n")
    return 0


def migrate() -> int:
    """Apply every pending migration and return how many there were. Raises ``CommandError``."""
    try:
        if connection.vendor == "sqlite":
            folder = Path(connection.settings_dict["NAME"]).parent
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # people's data: for its owner
        waiting = pending()
        call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, OSError) as error:
        raise unreachable(error) from error
    return len(waiting)


def pending() -> list[str]:
    """Return the migrations that the database does not have yet, as ``room.0001_name``."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def unreachable(error: Exception) -> CommandError:
    """Return the sentence for a database that does not answer as it should."""
    return CommandError(
        f"数据库用不了（{str(error).strip()}）。请核对 DATABASE_URL、目录权限和磁盘空间，再运行一次。"
    )
