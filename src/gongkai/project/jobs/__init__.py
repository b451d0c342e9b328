"""Background work of the installation itself, on the desk and by the clock."""

from __future__ import annotations

from datetime import time, timedelta

from django.conf import settings

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.jobs.kinds import register
from gongkai.jobs.recurring import repeat
from gongkai.project.jobs.backup import BACKUP, back_up_now
from gongkai.project.jobs.calendar import warn_of_missing_notice
from gongkai.project.jobs.cleaning import clean
from gongkai.project.jobs.digest import publish_heads
from gongkai.project.jobs.verify import verify_ledger

_DAY = timedelta(days=1)


def _verifies(standing: Standing) -> bool:
    return standing.is_any(Role.AUDITOR, Role.AUDIT_ADMINISTRATOR)


def _backs_up(standing: Standing) -> bool:
    return standing.is_any(Role.SYSTEM_ADMINISTRATOR)


register(
    "ledger.verify",
    "核验台账",
    verify_ledger,
    most_tries=2,
    alone=True,
    about="由事件重算台账并逐条核对审计链，查有没有被改动、删除的记录。不影响正常使用，台账大时要几分钟。",
    may_start=_verifies,
)
register(
    BACKUP,
    "备份",
    back_up_now,
    most_tries=3,
    alone=True,
    about="把数据库和数据目录完整备份一份，不影响正常使用。密钥不在备份里，须另行保管。",
    may_start=_backs_up,
)
register("audit.heads", "公布每日链头", publish_heads, most_tries=5, alone=True)
register("calendar.watch", "查看放假通知是否收录", warn_of_missing_notice, most_tries=2, alone=True)
register("cleaning", "清理过期的会话和任务记录", clean, most_tries=2, alone=True)

repeat("audit.heads", every=_DAY, at=time(0, 10))
repeat("calendar.watch", every=_DAY, at=time(8, 0))
repeat("cleaning", every=_DAY, at=time(3, 30))
if settings.BACKUP_AT is not None:
    repeat(BACKUP, every=_DAY, at=settings.BACKUP_AT)
