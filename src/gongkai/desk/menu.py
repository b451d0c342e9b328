"""The sections of the desk, in the order they are shown, each with whom it is shown to.

Hiding an entry protects nothing: the view behind it asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.agencies.models import ADMINISTRATORS, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.receiving.rules import receives_anywhere
from gongkai.foi.rules import may_check_looks
from gongkai.publication.rules import may_alert


@dataclass(frozen=True)
class Entry:
    """A section: its title, the name of its address, its key after "g", and who finds it in the menu."""

    title: str
    url_name: str
    key: str
    shown_to: Callable[[Standing], bool]


def everybody(standing: Standing) -> bool:
    return True


def works(standing: Standing) -> bool:
    """Somebody with work of an agency, not an administrator's seat alone."""
    return bool(standing.works_for)


def administrators(standing: Standing) -> bool:
    return standing.is_any(*ADMINISTRATORS)


def keepers_of_accounts(standing: Standing) -> bool:
    return standing.is_any(Role.SECURITY_ADMINISTRATOR)


MENU: tuple[Entry, ...] = (
    Entry("待办", "desk-home", "d", everybody),
    Entry("消息", "desk-inbox", "x", everybody),
    Entry("信息", "desk-items", "i", works),
    Entry("收件登记", "intake", "u", receives_anywhere),
    Entry("依申请公开", "desk-cases", "s", works),
    Entry("文书", "letters", "h", works),
    Entry("审核", "review", "e", works),
    Entry("发布渠道", "channels", "v", works),
    Entry("报送和推送", "sharing", "t", works),
    Entry("双公示", "registers", "l", works),
    Entry("发布", "publications", "f", works),
    Entry("出门检查", "screenings", "m", works),
    Entry("年度报告", "desk-reports", "n", works),
    Entry("单位报送", "desk-returns", "b", works),
    Entry("栏目", "desk-columns", "c", works),
    Entry("机关", "desk-agencies", "o", everybody),
    Entry("规则", "rulebook", "r", everybody),
    Entry("本站", "site", "y", may_alert),
    Entry("检索用词", "desk-words", "w", works),
    Entry("后台工作", "desk-jobs", "j", everybody),
    Entry("谁看过身份信息", "identity-looks", "k", may_check_looks),
    Entry("人员与账号", "people", "p", keepers_of_accounts),
    Entry("管理员任免", "seats", "q", keepers_of_accounts),
    Entry("管理员会话", "administration", "a", administrators),
    Entry("我的账号", "my-account", "z", everybody),
)


def menu_of(standing: Standing) -> list[Entry]:
    """Return the entries *standing* finds in the menu."""
    return [entry for entry in MENU if entry.shown_to(standing)]
