"""The index of what requests ask for, looked after every night: nothing waits after an upgrade or a change of keys."""

from __future__ import annotations

from datetime import time, timedelta

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.foi.resembling.actions.renewing import renew_and_find
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress

FINGERPRINTS = "foi.fingerprints"


def renew_fingerprints(arguments: Arguments, progress: Progress) -> Outcome:
    """Enter every request that is not in the index, and find what the open ones among them may repeat."""
    entered, found = renew_and_find(lambda done, total: progress.step(done, total, "申请内容指纹"))
    return Outcome(f"补入 {entered} 件申请的指纹，发现 {found} 对可能相同的申请。")


def _keeps(standing: Standing) -> bool:
    return standing.is_any(Role.SYSTEM_ADMINISTRATOR)


register(
    FINGERPRINTS,
    "更新申请内容指纹",
    renew_fingerprints,
    most_tries=3,
    alone=True,
    about="比对申请是否重复，用的是申请内容的带钥摘要。升级、更换密钥以后补齐；看不到申请内容。",
    may_start=_keeps,
)
repeat(FINGERPRINTS, every=timedelta(days=1), at=time(3, 20))
