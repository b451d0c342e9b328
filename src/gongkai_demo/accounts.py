"""Demo accounts. Their passwords are public, so an installation that is not a demo refuses to serve them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """A way into the demo's staff pages."""

    login: str
    password: str
    seat: str
    title: str


_PASSWORD = "gongkai-demo-2024"  # noqa: S105  # public, see above
ACCOUNTS = tuple(
    Account(f"demo-{login}", _PASSWORD, seat, title)
    for login, seat, title in (
        ("officer", "officer", "县政务公开办：窗口登记、办理申请、年报预检和定稿"),
        ("leader", "leader", "县政府办负责人：签发答复、批准延期、公布年报、撤下信息"),
        ("author", "author", "信息员（自然资源局等九个局）：起草、送审、发布"),
        ("handler", "handler", "自然资源局承办：交办给本局的事项、本局收到的申请"),
        ("secrecy", "secrecy", "保密审查：信息和答复都先经过"),
        ("legality", "legality", "法制：答复的合法性审核"),
        ("first", "first", "初审"),
        ("second", "second", "复审"),
        ("final", "final", "终审"),
        ("unit", "filler", "自然资源局报送：只看得到本单位"),
        ("approver", "approver", "自然资源局负责人：审核报送、签发本局的答复"),
        ("system", "system", "系统管理员：管安装，看不到业务内容"),
        ("security", "security", "安全管理员：管人员与账号"),
        ("audit", "audit", "审计管理员：看管理员会话记录"),
    )
)
