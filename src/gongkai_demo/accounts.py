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


ACCOUNTS = (
    Account("demo-officer", "gongkai-demo-2024", "officer", "县政务公开办经办：看预检、定稿"),
    Account("demo-leader", "gongkai-demo-2024", "leader", "县政府办负责人：批准公布"),
    Account("demo-unit", "gongkai-demo-2024", "filler", "某局填报人：只看得到本单位"),
    Account("demo-system", "gongkai-demo-2024", "system", "系统管理员：管安装，看不到业务内容"),
    Account("demo-security", "gongkai-demo-2024", "security", "安全管理员：管人员与账号"),
    Account("demo-audit", "gongkai-demo-2024", "audit", "审计管理员：看管理员会话记录"),
)
