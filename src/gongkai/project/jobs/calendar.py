"""From a day of autumn on: is next year's holiday notice here? Deadlines across the year need it."""

from __future__ import annotations

from datetime import timedelta

from gongkai.agencies.models import Role
from gongkai.agencies.queries import holding
from gongkai.audit import clock
from gongkai.inbox.actions import notify
from gongkai.inbox.queries import was_told
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.kinds import Arguments, Outcome
from gongkai.jobs.work.progress import Progress
from gongkai.rulebook.queries import rules_on

KIND = "calendar.missing"
_AGAIN = timedelta(weeks=1)


def warn_of_missing_notice(arguments: Arguments, progress: Progress) -> Outcome:
    """Tell the open-government office and the system administrator, once a week until it is here."""
    today = clock.today()
    rules = rules_on(today)
    year = today.year + 1
    if f"{today:%m-%d}" < rules.text("notice.expected_from") or rules.calendar.covers(year):
        return Outcome("不用提醒。")
    since = clock.start_of(today) - _AGAIN + timedelta(days=1)
    if was_told(KIND, since):
        return Outcome("一周内已提醒过。")
    told = notify(
        holding(today, Role.OPENNESS_OFFICER, Role.SYSTEM_ADMINISTRATOR),
        kind=KIND,
        title=f"还没有收录 {year} 年放假通知",
        body=(
            "跨年的答复期限现在都是暂定的。国务院办公厅公布放假通知后，请系统管理员用 "
            "gongkai calendar import 导入，再看受影响的期限。"
        ),
        address="/desk/",
        by=CLOCKWORK,
    )
    return Outcome(f"已提醒 {len(told)} 人。")
