"""The law as it stands on one day: a calendar and the parameters in force. A frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from gongkai.law.calendar import Calendar, Notice
from gongkai.law.errors import ParameterError
from gongkai.law.parameters import Parameter, Unit, in_force, packaged

__all__ = ["Limit", "Rules", "Unit"]


@dataclass(frozen=True)
class Limit:
    """A period of the law with its source; *basis* goes into proofs and letters."""

    count: int
    unit: Unit
    title: str = ""
    basis: str = ""

    @property
    def label(self) -> str:
        """Such as 20个工作日."""
        return f"{self.count}{self.unit.label}"


@dataclass(frozen=True, eq=False)
class Rules:
    """What holds on the day *on*.

    *ledger* keeps every dated value, also past and future ones, so that :meth:`as_of` can answer
    for another day: remedies follow the day of the decision, the clock the day of receipt.
    """

    on: date
    calendar: Calendar
    parameters: Mapping[str, Parameter]
    ledger: tuple[Parameter, ...] = field(default=(), repr=False)
    _spans: dict[date, Mapping[str, Parameter]] = field(default_factory=dict, repr=False)
    """What is in force from each day on which something changed: shared by all days asked of one ledger."""

    def __post_init__(self) -> None:
        if not self.ledger:
            object.__setattr__(self, "ledger", tuple(self.parameters.values()))

    @classmethod
    def national(cls, on: date) -> Rules:
        """The packaged national rules on a day."""
        return _national(on)

    def as_of(self, on: date) -> Rules:
        """The same knowledge, applied to another day."""
        since = max((day for day in self._turns if day <= on), default=date.min)
        if since not in self._spans:
            self._spans[since] = in_force(self.ledger, on)
        return Rules(on, self.calendar, self._spans[since], self.ledger, self._spans)

    @cached_property
    def _turns(self) -> frozenset[date]:
        """The days on which something changed."""
        return frozenset(parameter.since for parameter in self.ledger)

    def with_notices(self, notices: Iterable[Notice]) -> Rules:
        """Rules whose calendar knows *notices* too."""
        calendar = self.calendar.with_notices(notices)
        return Rules(self.on, calendar, self.parameters, self.ledger)

    def with_parameters(self, parameters: Iterable[Parameter]) -> Rules:
        """Rules with local values; the latest *since* not after :attr:`on` wins, of equals the new one."""
        ledger = (*self.ledger, *parameters)
        return Rules(self.on, self.calendar, in_force(ledger, self.on), ledger)

    def parameter(self, key: str) -> Parameter:
        """The parameter in force. Raises :class:`ParameterError` if unknown or not yet in force."""
        found = self.parameters.get(key)
        if found is not None:
            return found
        later = min((p.since for p in self.ledger if p.key == key), default=None)
        if later is not None:
            raise ParameterError(
                f"参数 {key} 自{later}起施行，{self.on}尚无规定，请核对日期或在规则库补录当时的规定。"
            )
        raise ParameterError(f"没有名为 {key} 的参数，请核对名称或在规则库补录。")

    def limit(self, key: str) -> Limit:
        """The period *key*."""
        found = self.parameter(key)
        if not found.unit.is_period:
            raise ParameterError(f"参数“{found.title}”（{key}）不是期限，不能用来计算日期。")
        return Limit(self.number(key), found.unit, found.title, found.basis)

    def number(self, key: str) -> int:
        """The integer *key*, whatever it counts."""
        found = self.parameter(key)
        if isinstance(found.value, bool) or not isinstance(found.value, int):
            raise ParameterError(f"参数“{found.title}”（{key}）不是数字。")
        return found.value

    def text(self, key: str) -> str:
        """The text *key*."""
        found = self.parameter(key)
        if not isinstance(found.value, str):
            raise ParameterError(f"参数“{found.title}”（{key}）不是文字。")
        return found.value

    def day_in(self, key: str, year: int) -> date:
        """The day of *year* that *key* names as month and day. Raises :class:`ParameterError` for none."""
        month, _, day = self.text(key).partition("-")
        try:
            return date(year, int(month), int(day))
        except ValueError as wrong:
            raise ParameterError(
                f"参数 {key} 的取值“{self.text(key)}”不是月日，请写成 01-31 的形式。"
            ) from wrong

    def flag(self, key: str) -> bool:
        """The yes-or-no parameter *key*."""
        found = self.parameter(key)
        if not isinstance(found.value, bool):
            raise ParameterError(f"参数“{found.title}”（{key}）不是“是/否”。")
        return found.value


@lru_cache(maxsize=512)
def _national(on: date) -> Rules:
    return Rules(on, Calendar.national(), in_force(packaged(), on), packaged())
