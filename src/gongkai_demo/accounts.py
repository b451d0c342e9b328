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
)
