"""``gongkai doctor``'s questions about the machine: fonts, disk, who may read what, the last backup."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.paper.blocks import Document, Paragraph
from gongkai.paper.fallback import FAMILIES, FOLDERS
from gongkai.paper.pdf import render_pdf
from gongkai.project.keeping import folder
from gongkai.project.keeping.health import Finding, Level

_SAMPLE = Document("字体检查", "公开", (Paragraph("政府信息公开 2024〔1〕号"),))
_ROOM, _LITTLE_ROOM = 2_000_000_000, 300_000_000
_FRESH, _STALE = timedelta(days=2), timedelta(days=8)


def fonts() -> Finding:
    """Set a line with the packaged font, and look for one with the rare characters."""
    try:
        render_pdf(_SAMPLE)
    except (ValueError, OSError, RuntimeError) as wrong:
        return Finding("字体", Level.BAD, f"生成不了 PDF（{wrong}）", "重新安装本程序")
    if not any((place / name).is_file() for place in FOLDERS for name in FAMILIES):
        return Finding(
            "字体",
            Level.WATCH,
            "常用字齐全；生僻字没有字体",
            "安装 Noto Serif CJK（Debian：fonts-noto-cjk）",
        )
    return Finding("字体", Level.GOOD, "常用字、生僻字都能印")


def disk(free: int, database: int) -> Finding:
    """Room for the data, and for the copy an upgrade makes."""
    said = f"剩余 {free / 1e9:.1f} GB"
    advice = "清出空间：数据目录所在的磁盘写满后，什么都登记不了"
    if free < max(_LITTLE_ROOM, database):
        return Finding("磁盘", Level.BAD, said, advice)
    if free < max(_ROOM, 3 * database):
        return Finding("磁盘", Level.WATCH, said, advice)
    return Finding("磁盘", Level.GOOD, said)


def free_room(data: Path) -> int:
    """Return the bytes free where *data* is, or will be."""
    while not data.exists():
        data = data.parent
    return shutil.disk_usage(data).free


def permissions(data: Path) -> Finding:
    """Nobody else on the machine may read the county's data."""
    if not data.exists():
        return Finding("数据目录", Level.BAD, f"{data} 不存在", "核对 GONGKAI_DATA")
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o007:
        said = f"{data} 的权限是 {mode:o}，本机其他用户能进入"
        return Finding("数据目录", Level.BAD, said, f"运行 chmod o-rwx {data}")
    return Finding("数据目录", Level.GOOD, f"{data}，权限 {mode:o}")


def keys(data: Path, files: Iterable[Path], secrets: Iterable[str]) -> Iterator[Finding]:
    """Yield whether the keys are apart from the data, and readable by their owner alone."""
    named = sorted(files)
    inside = [path for path in named if path.is_relative_to(data)]
    inside += [
        path
        for path in folder.kept_files(data, database=None, out=data / folder.BACKUPS)
        if path not in inside and folder.holds_a_key(path, secrets)
    ]
    if inside:
        said = f"{inside[0]} 在数据目录里，与它锁住的数据放在一处"
        yield Finding(
            "密钥位置", Level.BAD, said, "移到数据目录以外，例如 /etc/gongkai/，并另存一份"
        )
    else:
        yield Finding("密钥位置", Level.GOOD, "不在数据目录里")
    wide = [path for path in named if path.exists() and path.stat().st_mode & 0o077]
    if wide:
        said = f"{wide[0]} 的权限是 {stat.S_IMODE(wide[0].stat().st_mode):o}"
        yield Finding("密钥权限", Level.BAD, said, f"运行 chmod 600 {wide[0]}")


def last_backup(data: Path, present: datetime) -> Finding:
    """How long ago the last whole backup was taken."""
    advice = "每天定时运行 gongkai backup，并把备份拷到另一台机器"
    try:
        note = json.loads((data / folder.LAST_BACKUP).read_text(encoding="utf-8"))
        taken = datetime.fromisoformat(note["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Finding("备份", Level.WATCH, "还没有备份过", advice)
    age = present - taken
    said = f"{taken:%Y-%m-%d %H:%M}，写到 {note.get('out', '')}"
    if age > _STALE:
        return Finding("备份", Level.BAD, f"已 {age.days} 天没有备份（上次 {said}）", advice)
    if age > _FRESH:
        return Finding("备份", Level.WATCH, f"{age.days} 天前（{said}）", advice)
    return Finding("备份", Level.GOOD, said)


def site(*, demo: bool, https: bool, hosts: Iterable[str]) -> Finding:
    """Settings that are allowed and still not what a county wants."""
    if demo:
        return Finding("运行方式", Level.WATCH, "演示方式", "正式运行请设 GONGKAI_MODE=production")
    if not https:
        return Finding(
            "运行方式", Level.WATCH, "正式，未经 HTTPS", "配好 HTTPS 后去掉 GONGKAI_HTTPS=false"
        )
    if set(hosts) <= {"127.0.0.1", "localhost", "[::1]"}:
        return Finding(
            "运行方式", Level.WATCH, "正式，只有本机能访问", "用 GONGKAI_HOSTS 写出本站域名"
        )
    return Finding("运行方式", Level.GOOD, "正式，经 HTTPS")
