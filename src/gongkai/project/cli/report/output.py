"""Reports as files: which formats there are, and how one or several are written."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.formats import WRITERS, write
from gongkai.paper.fallback import GlyphMissingError
from gongkai.project.cli.errors import CommandError

FORMATS = tuple(WRITERS)
_PRINTABLE = frozenset({"json", "html", "text"})
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def formats(text: str) -> tuple[str, ...]:
    """Return the formats named in ``--format``, separated by commas. Raises ``CommandError``."""
    names = tuple(dict.fromkeys(name.strip() for name in text.replace("，", ",").split(",")))
    for name in names:
        if name not in FORMATS:
            raise CommandError(f"没有“{name}”这种输出格式，可用的是：{'、'.join(FORMATS)}。")
    return names


def put(report: Report, names: Sequence[str], out: str | None) -> None:
    """Print *report*, or write it to the file or into the folder *out*. Raises ``CommandError``.

    *out* is as typed: a slash at its end makes it a folder. Every form is made before one is written.
    """
    if out is None:
        _print(report, names)
        return
    path = Path(out)
    folder = path.is_dir() or out.endswith(("/", "\\")) or len(names) > 1
    if len(names) > 1 and path.suffix and not path.is_dir():
        raise CommandError(
            f"几种格式要写入目录，“{out}”像一个文件名；请写成目录，例如 --out 年报/。"
        )
    for name, data in [(name, _made(report, name)) for name in names]:
        write_file(path / _name(report, name) if folder else path, data)


def _made(report: Report, name: str) -> bytes:
    try:
        return write(report, name)
    except GlyphMissingError as missing:
        raise CommandError(f"{name}：{missing}") from missing


def write_file(path: Path, data: bytes) -> None:
    """Write *data* whole or not at all, making the folder it goes into. Raises ``CommandError``."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as wrong:
        raise CommandError(
            f"写不了 {path}：{wrong.strerror}。请检查路径、权限和磁盘空间。"
        ) from wrong
    sys.stderr.write(f"已写入 {path}\n")


def _print(report: Report, names: Sequence[str]) -> None:
    if len(names) > 1 or not set(names) <= _PRINTABLE:
        raise CommandError(f"{'、'.join(names)} 要写入文件，请加 --out 文件 或 --out 目录/。")
    sys.stdout.write(_made(report, names[0]).decode())


def _name(report: Report, name: str) -> str:
    title = f"{report.issuer}{report.year}年政府信息公开工作年度报告"
    return f"{_NOT_IN_A_NAME.sub('_', title)}{WRITERS[name].suffix}"
