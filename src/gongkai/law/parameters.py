"""Parameters: every number of the law with its unit, source, first day and certainty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from gongkai.law.errors import ParameterError
from gongkai.law.packaged import rows


class Unit(StrEnum):
    """What a parameter's value counts."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    MONTH = "month"
    YEAR = "year"
    COUNT = "count"
    PAGE = "page"
    PERCENT = "percent"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    MONTH_DAY = "month_day"
    TEXT = "text"
    FLAG = "flag"

    @property
    def is_period(self) -> bool:
        """Whether a value of this unit is a limit that can run out."""
        return self in PERIODS

    @property
    def label(self) -> str:
        return UNIT_LABELS[self]


PERIODS = (Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.MONTH, Unit.YEAR)
NUMBERS = (*PERIODS, Unit.COUNT, Unit.PAGE, Unit.PERCENT, Unit.SECOND, Unit.MINUTE, Unit.HOUR)
UNIT_LABELS: Mapping[Unit, str] = {
    Unit.WORKING_DAY: "个工作日",
    Unit.NATURAL_DAY: "日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.COUNT: "个",
    Unit.PAGE: "页",
    Unit.PERCENT: "%",
    Unit.SECOND: "秒",
    Unit.MINUTE: "分钟",
    Unit.HOUR: "小时",
    Unit.MONTH_DAY: "",
    Unit.TEXT: "",
    Unit.FLAG: "",
}


class Certainty(StrEnum):
    """How a value is known. Everything but V can be corrected by a county with its own source."""

    VERIFIED = "V"
    SURE = "M+"
    REMEMBERED = "M"
    UNSURE = "M?"
    PRACTICE = "P"
    DERIVED = "D"

    @property
    def label(self) -> str:
        return CERTAINTY_LABELS[self]


CERTAINTY_LABELS: Mapping[Certainty, str] = {
    Certainty.VERIFIED: "已核对原文",
    Certainty.SURE: "未核对原文，把握较大",
    Certainty.REMEMBERED: "未核对原文",
    Certainty.UNSURE: "存疑，请核实",
    Certainty.PRACTICE: "通行做法，非法律规定",
    Certainty.DERIVED: "推算得出",
}


@dataclass(frozen=True)
class Parameter:
    """One value of a key, from the day *since* until a later one of the same key takes over.

    *basis* is the source alone, as letters print it; *note*: what is said of it to whoever works by it.
    *choices*: the only texts a value of unit ``text`` may be, where the code knows no others.

    Raises :class:`ParameterError` when the value is not of the kind its unit needs.
    """

    key: str
    title: str
    value: int | bool | str
    unit: Unit
    basis: str
    since: date
    certainty: Certainty
    choices: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if type(self.value) is not _kind(self.unit) or not self._possible():
            raise ParameterError(
                f"参数“{self.title}”（{self.key}）的值“{self.value}”与单位 {self.unit} 不符，请改正后重新录入。"
            )
        if not self.basis.strip():
            raise ParameterError(
                f"参数“{self.title}”（{self.key}）没有写依据，请补上文件名称和条款。"
            )

    @property
    def words(self) -> str:
        """The value as a clerk reads it: 20个工作日, 1月31日, 是."""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        if self.unit is Unit.MONTH_DAY:
            month, day = str(self.value).split("-")
            return f"{int(month)}月{int(day)}日"
        return f"{self.value}{self.unit.label}"

    def _possible(self) -> bool:
        if self.unit is Unit.MONTH_DAY:
            return _is_month_day(str(self.value))
        return not self.choices or self.value in self.choices


def _is_month_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d\d-\d\d", text)) and bool(date.fromisoformat(f"2000-{text}"))
    except ValueError:
        return False


def _kind(unit: Unit) -> type:
    if unit is Unit.FLAG:
        return bool
    return int if unit in NUMBERS else str


@cache
def packaged() -> tuple[Parameter, ...]:
    """The national parameters with all their dated values."""
    return rows("parameters.toml", "parameter", Parameter)


def in_force(ledger: Iterable[Parameter], on: date) -> dict[str, Parameter]:
    """For each key the value with the latest *since* not after *on*; of equals the last recorded."""
    found: dict[str, Parameter] = {}
    for parameter in ledger:
        current = found.get(parameter.key)
        if parameter.since <= on and (current is None or current.since <= parameter.since):
            found[parameter.key] = parameter
    return found
