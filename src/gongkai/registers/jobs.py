"""Every night: what was shown long enough is taken down."""

from __future__ import annotations

from datetime import time, timedelta

from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress
from gongkai.registers.actions import expire_shown

EXPIRE = "registers.expire"


def expire(arguments: Arguments, progress: Progress) -> Outcome:
    """Take down penalties whose time is over."""
    return Outcome(f"撤下了 {expire_shown(by=CLOCKWORK)} 条公示期满的行政处罚信息。")


register(EXPIRE, "撤下公示期满的行政处罚", expire, most_tries=3, alone=True)
repeat(EXPIRE, every=timedelta(days=1), at=time(0, 20))
