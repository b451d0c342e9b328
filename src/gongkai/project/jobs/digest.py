"""The heads of the audit chains as public files: whoever keeps a copy can prove a later change."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from gongkai.audit import clock
from gongkai.audit.queries import digest_text, heads_on
from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome
from gongkai.jobs.work.progress import Progress

FOLDER = "digest"
_BACK = 31
"""Days that are made up for when no worker ran: a month, as far as anybody would look."""


def publish_heads(arguments: Arguments, progress: Progress) -> Outcome:
    """Write the file of each day that is over and has none. A day that is written is never rewritten."""
    folder: Path = settings.PUBLIC / FOLDER
    days = [clock.today() - timedelta(days=back) for back in range(_BACK, 0, -1)]
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in (settings.PUBLIC, folder):
            place.chmod(0o755)  # the web server looks into it as another user
        for n, day in enumerate(days):
            path = folder / f"{day.isoformat()}.txt"
            if not path.exists() and heads_on(
                day
            ):  # before the first event there is nothing to tell
                progress.step(n, len(days), day.isoformat())
                _write(path, digest_text(day))
                written += 1
    except OSError as wrong:
        raise JobFailed(
            f"链头写不进 {folder}（{wrong.strerror}）。请系统管理员检查权限和磁盘空间。", again=True
        ) from wrong
    return Outcome(f"写出 {written} 天的链头。", f"/{FOLDER}/{days[-1].isoformat()}.txt")


def _write(path: Path, text: str) -> None:
    """Write the whole file or none: hidden until it is complete and on the disk."""
    fresh = path.with_name(f".{path.name}.part")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.chmod(0o644)
    fresh.replace(path)
