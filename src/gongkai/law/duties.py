"""What an organ publishes on its own initiative (Arts 20 and 21)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.packaged import table


class Level(StrEnum):
    """Who the additions of Art 21 bind."""

    COUNTY = "county"
    TOWNSHIP = "township"


@dataclass(frozen=True)
class Duty:
    """One item to publish. *code* is 20.5 for the fifth item of Art 20, 21c.1 or 21t.1 for Art 21."""

    code: str
    title: str
    article: str
    level: Level | None


_DATA = table("duties.toml")

ARTICLE_20: tuple[Duty, ...] = tuple(
    Duty(f"20.{n}", title, "《政府信息公开条例》第二十条", None)
    for n, title in enumerate(_DATA["article20"], start=1)
)
ARTICLE_21: tuple[Duty, ...] = tuple(
    Duty(f"21{level.value[0]}.{n}", title, "《政府信息公开条例》第二十一条", level)
    for level in Level
    for n, title in enumerate(_DATA[level.value], start=1)
)


def duties_of(level: Level | None) -> tuple[Duty, ...]:
    """Everything an organ of *level* must publish; None for one that Art 21 does not name."""
    return ARTICLE_20 + tuple(duty for duty in ARTICLE_21 if duty.level is level)
