"""Reading a file named on the command line, and saying what is wrong with a workbook."""

from __future__ import annotations

from pathlib import Path

from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.workbook import LARGEST
from gongkai.project.cli.errors import CommandError

_MOST_LINES = 200


def read_file(path: Path) -> bytes:
    """Return the bytes of *path*. Raises ``CommandError`` for what cannot be read or is far too large."""
    try:
        if path.is_dir():
            raise CommandError(f"{path} 是文件夹，请写出其中的文件名。")
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path} 超过 {LARGEST >> 20} MB，不像台账或年报，没有读取。")
        return path.read_bytes()
    except OSError as wrong:
        raise CommandError(f"读不到 {path}：{wrong.strerror}。请检查路径和权限。") from wrong


def refusal(path: Path, refused: WorkbookRefused) -> CommandError:
    """Return every problem of a workbook as one message; exit code 2."""
    lines = [str(problem) for problem in refused.problems]
    more = [f"……另有 {len(lines) - _MOST_LINES} 处"] if len(lines) > _MOST_LINES else []
    listed = "\n".join(f"  {line}" for line in [*lines[:_MOST_LINES], *more])
    return CommandError(f"{path.name} 有 {len(lines)} 处没有读懂，什么也没有写入：\n{listed}")
