"""The vocabularies of the law as rows of tables: outcomes, grounds, fees, remedies, receipt."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.fees import TARIFF, Scale, yuan
from gongkai.law.grounds import GROUNDS, Ground
from gongkai.law.letters import LETTERS, Letter
from gongkai.law.outcomes import (
    OUTCOMES,
    REQUIREMENTS,
    ROW_TITLES,
    Outcome,
    Requirement,
    Route,
)
from gongkai.law.receipt import Channel
from gongkai.law.remedies import Remedies, remedies, remedies_for_silence
from gongkai.law.rules import Rules

ROUTES = {
    Route.REFUSAL: "不予公开",
    Route.PARTIAL: "部分公开",
    Route.ORDINARY: "其他处理结果",
}


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome with its letter, the row of table 3 and what closing needs."""

    outcome: Outcome
    row: str
    letter: Letter | None
    needs: tuple[Requirement, ...]


@dataclass(frozen=True)
class GroundRow:
    """A ground with the row it is counted in and the outcome it leads to."""

    ground: Ground
    row: str
    outcome: str


@dataclass(frozen=True)
class FeeRow:
    """A step of the tariff in words."""

    basis: str
    units: str
    rate: str


@dataclass(frozen=True)
class RemedyRow:
    """What one may do against which outcome."""

    against: str
    open: Remedies


def outcome_rows() -> list[OutcomeRow]:
    return [
        OutcomeRow(
            outcome,
            ROW_TITLES[outcome.row],
            LETTERS.get(outcome.letter),
            tuple(REQUIREMENTS[code] for code in outcome.requires),
        )
        for outcome in OUTCOMES.values()
    ]


def ground_rows() -> list[GroundRow]:
    return [
        GroundRow(ground, ROW_TITLES[ground.row], OUTCOMES[ground.outcome].title)
        for ground in GROUNDS.values()
    ]


def fee_rows() -> list[FeeRow]:
    return [*_steps("按件", TARIFF.item), *_steps("按页", TARIFF.page)]


def remedy_rows(rules: Rules) -> list[RemedyRow]:
    """What is open today against each kind of decision, and against silence."""
    typical = {route: code for code, found in OUTCOMES.items() for route in [found.remedies]}
    rows = [
        RemedyRow(title, remedies(typical[route], rules.on, rules))
        for route, title in ROUTES.items()
        if route in typical
    ]
    return [*rows, RemedyRow("逾期不答复", remedies_for_silence(rules.on, rules))]


def channels() -> list[Channel]:
    return list(Channel)


def _steps(basis: str, scale: Scale) -> list[FeeRow]:
    name = f"{basis}（{scale.window}）"
    bands = [
        FeeRow(name, f"第 {first}–{last} {scale.unit}", _rate(rate, scale))
        for first, last, rate in scale.bands
    ]
    step = scale.step
    rise = f"，每满 {step.size} {scale.unit}再加 {yuan(step.rise)}" if step.size else ""
    beyond = FeeRow(name, f"第 {step.from_} {scale.unit}起", _rate(step.first, scale) + rise)
    return [*bands, beyond]


def _rate(fen: int, scale: Scale) -> str:
    return f"{yuan(fen)}／{scale.unit}" if fen else "不收费"
