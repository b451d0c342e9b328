"""What can be done with a case now, by whom, and why the rest cannot: for the actions and for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.agencies.standing import Standing
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.guards import GUARDS
from gongkai.foi.rules import may_take
from gongkai.foi.table import STEPS, Step
from gongkai.people.models import Person


@dataclass(frozen=True)
class Offer:
    """A step of the case's state, and why one cannot take it: empty when one can."""

    step: Step
    why_not: str


def offers(facts: Facts, standing: Standing) -> Sequence[Offer]:
    """Return the steps of the state the case is in, those open to *standing* first."""
    here = [step for step in STEPS if step.desk and facts.case.state in step.from_states]
    found = [Offer(step, _refusal(facts, step, standing)) for step in here]
    told = [offer for offer in found if not (offer.step.quiet and offer.why_not)]
    return sorted(told, key=lambda offer: bool(offer.why_not))


def why_not(facts: Facts, step: Step, by: Person) -> str:
    """Return why the case does not allow *step* now, or nothing: the state first, then the guards in order."""
    if facts.case.state not in step.from_states:
        state = facts.case.get_state_display()
        here = [one for one in STEPS if one.desk and facts.case.state in one.from_states]
        labels = [one.label for one in here if not (one.quiet and _held(facts, one, by))]
        can = "、".join(labels) or "无（案件已办结）"
        return f"案件现在是“{state}”，不能{step.label}。现在可以：{can}。"
    return _held(facts, step, by)


def _held(facts: Facts, step: Step, by: Person) -> str:
    """Return what the first guard of *step* that holds it says, or nothing."""
    sentences = (GUARDS[guard](facts, by.uid) for guard in step.guards)
    return next((sentence for sentence in sentences if sentence), "")


def _refusal(facts: Facts, step: Step, standing: Standing) -> str:
    if not may_take(standing, step, facts.case):
        return f"由受理机关的{step.whose}办理。"
    return why_not(facts, step, standing.person)
