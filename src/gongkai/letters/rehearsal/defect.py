"""A fault of a letter as the other side's lawyer would find it, and what it is read with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.grounds import GROUNDS
from gongkai.law.instruments import REGULATION
from gongkai.law.outcomes import OUTCOMES, Outcome, Route
from gongkai.law.rules import Rules
from gongkai.letters.facts import CitedGround, LetterFacts
from gongkai.letters.wording.packaged import Duty, duty


@dataclass(frozen=True)
class Defect:
    """A fault. *basis*: the article or role; *remedy*: what to do. A *blocking* one keeps from signing."""

    code: str
    sentence: str
    basis: str
    remedy: str
    blocking: bool = True


@dataclass(frozen=True)
class Reading:
    """A letter being read on the day *on* by the rules of that day."""

    code: str
    facts: LetterFacts
    on: date
    rules: Rules

    @property
    def duty(self) -> Duty:
        return duty(self.code)

    @property
    def outcome(self) -> Outcome | None:
        return OUTCOMES.get(self.facts.outcome)

    @property
    def route(self) -> Route:
        return self.outcome.remedies if self.outcome else Route.ORDINARY

    @property
    def withholds(self) -> bool:
        """Whether something of the request is refused on a ground (Arts 14-16)."""
        return self.route in (Route.REFUSAL, Route.PARTIAL)

    @property
    def grounds(self) -> tuple[CitedGround, ...]:
        """The grounds the vocabulary knows; of another one the reading of grounds tells."""
        return tuple(cited for cited in self.facts.grounds if cited.code in GROUNDS)

    def refused_as(self, outcome: str) -> bool:
        """Whether the whole or a part is withheld as *outcome*."""
        parts = {GROUNDS[cited.code].outcome for cited in self.grounds}
        return self.facts.outcome == outcome or (self.withholds and outcome in parts)


Check = Callable[[Reading], Iterator[Defect]]


def article(text: str) -> str:
    """An article of the regulation, as a basis."""
    return f"{REGULATION}{text}"
