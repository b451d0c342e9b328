"""``gongkai doctor``: is this installation well, line by line, with what to do."""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongkai.audit.clock import now
from gongkai.project.keeping import machine
from gongkai.project.keeping.folder import key_files
from gongkai.project.keeping.health import Finding, Level, ledger_findings
from gongkai.project.keeping.outward import outward_findings

SUMMARY = "体检：字体、磁盘、时钟、放假通知、触发器、权限、审计链、后台工作、邮件、备份"
EXAMPLE = """\
gongkai doctor                   # ✓ 正常  ! 留意  ✗ 要处理；有 ✗ 时退出码为 1
gongkai doctor --format json
"""
_SIGNS = {Level.GOOD: "✓", Level.WATCH: "!", Level.BAD: "✗"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式，默认 text"
    )


def run(args: argparse.Namespace) -> int:
    """Look at everything; exit 1 when something has to be done."""
    found = list(findings())
    sick = any(one.level is Level.BAD for one in found)
    if args.format == "json":
        checks = [asdict(one) for one in found]
        sys.stdout.write(
            json.dumps({"healthy": not sick, "checks": checks}, ensure_ascii=False, indent=1) + "\n"
        )
    else:
        sys.stdout.write(_table(found))
    return 1 if sick else 0


def findings() -> Iterator[Finding]:
    """Yield every finding, the ledger's first."""
    data: Path = settings.DATA
    yield from ledger_findings()
    yield from outward_findings()
    yield machine.fonts()
    yield machine.disk(machine.free_room(data), _size_of_database())
    yield machine.permissions(data)
    secrets = (settings.SECRET_KEY, settings.IDENTITY_KEY, *settings.IDENTITY_KEYS_OLD)
    yield from machine.keys(data, key_files(os.environ), secrets)
    yield machine.last_backup(data, now())
    yield machine.site(
        demo=settings.DEMO,
        https=settings.SECURE_SSL_REDIRECT,
        hosts=settings.ALLOWED_HOSTS,
    )


def _size_of_database() -> int:
    if connection.vendor != "sqlite":
        return 0
    path = Path(connection.settings_dict["NAME"])
    return path.stat().st_size if path.is_file() else 0


def _table(found: list[Finding]) -> str:
    names = max(_width(one.name) for one in found)
    lines = []
    for one in found:
        pad = " " * (names - _width(one.name))
        lines.append(f"{_SIGNS[one.level]}  {one.name}{pad}  {one.said}")
        if one.advice:
            lines.append(f"   {' ' * names}  → {one.advice}")
    bad = sum(one.level is Level.BAD for one in found)
    watch = sum(one.level is Level.WATCH for one in found)
    lines.append(f"{bad} 项要处理，{watch} 项留意，共 {len(found)} 项。")
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
