"""A backup as background work: asked for on the desk, or every day at a set time."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongkai.audit.clock import SHANGHAI
from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome
from gongkai.jobs.work.progress import Progress
from gongkai.project.keeping.backing_up import back_up
from gongkai.project.keeping.errors import KeepingRefused

BACKUP = "keeping.backup"
_NAME = "gongkai-*.tar.gz"


def back_up_now(arguments: Arguments, progress: Progress) -> Outcome:
    """Write one archive into the folder of backups and let go of the oldest ones.

    The name is the job's own: a second try after a crash finds what the first one finished.
    """
    folder: Path = settings.BACKUP_TO
    begun = progress.job.created_at.astimezone(SHANGHAI)
    out = folder / f"gongkai-{begun:%Y%m%d-%H%M%S}-{progress.job.uid.hex[-6:]}.tar.gz"
    said = _Saying(progress)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not out.exists():
            back_up(out, said)
        size = out.stat().st_size
        gone = _let_go(folder)
    except KeepingRefused as refused:
        raise JobFailed(str(refused), again=True) from refused
    except OSError as wrong:
        raise JobFailed(
            f"备份目录 {folder} 用不了（{wrong.strerror}）。请系统管理员检查路径、权限和磁盘空间。",
            again=True,
        ) from wrong
    lines = [f"已备份到 {out}（{size / 1e6:.1f} MB）。", "密钥不在备份里，请另行保管。"]
    if gone:
        lines.append(f"保留最近 {settings.BACKUP_KEEP} 份，删去更早的 {gone} 份。")
    return Outcome("\n".join(lines))


class _Saying:
    """What the backup says of itself, as steps without an end in sight."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, text: str) -> None:
        self._progress.step(0, 0, text)


def _let_go(folder: Path) -> int:
    """Remove all but the latest archives that carry our name; the day of making is in it."""
    old = sorted(folder.glob(_NAME), reverse=True)[settings.BACKUP_KEEP :]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
