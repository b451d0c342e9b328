"""How a request can end: one vocabulary for article, letter, what closing needs, and report row.

The outcome decides what is required, not the row: row ``r4_1`` holds two outcomes with different
duties. The words are in ``outcomes.toml``; a change of them changes :data:`VOCABULARY_VERSION`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from gongkai.law.errors import OutcomeError
from gongkai.law.packaged import table


class Route(StrEnum):
    """Which way of complaint an outcome opens; see :mod:`gongkai.law.remedies`."""

    REFUSAL = "refusal"
    PARTIAL = "partial"
    ORDINARY = "ordinary"
    NONE = "none"


@dataclass(frozen=True)
class Requirement:
    """Something a case must hold before it may close. Any one fact of *any_of* meets it."""

    code: str
    title: str
    any_of: tuple[str, ...]
    explanation: str


@dataclass(frozen=True)
class Outcome:
    """One way a request ends. *letter*: its code, see ``letters.toml``; empty where nothing is sent (a withdrawal)."""

    code: str
    title: str
    article: str
    row: str
    letter: str
    requires: tuple[str, ...]
    remedies: Route


@dataclass(frozen=True)
class _Vocabulary:
    version: str
    rows: Mapping[str, str]
    requirement: tuple[Requirement, ...]
    outcome: tuple[Outcome, ...]


_WORDS = msgspec.convert(table("outcomes.toml"), _Vocabulary)

VOCABULARY_VERSION: str = _WORDS.version
ROW_TITLES: Mapping[str, str] = _WORDS.rows
ROWS: tuple[str, ...] = tuple(_WORDS.rows)
REQUIREMENTS: Mapping[str, Requirement] = {entry.code: entry for entry in _WORDS.requirement}
OUTCOMES: Mapping[str, Outcome] = {outcome.code: outcome for outcome in _WORDS.outcome}

# A severed reply needs what a whole refusal on the same ground needs (Art 37 with Arts 14-16).
PARTIAL = "partial"


def outcome(code: str) -> Outcome:
    """The outcome *code*. Raises :class:`OutcomeError` for a word the vocabulary does not have."""
    found = OUTCOMES.get(code)
    if found is None:
        raise OutcomeError(f"没有“{code}”这种办理结果，请从办理结果清单中选择。")
    return found


def row_of(outcome_code: str) -> str:
    """The leaf row of table 3 in which *outcome_code* is counted."""
    return outcome(outcome_code).row


def outcomes_in(row: str) -> tuple[Outcome, ...]:
    """The outcomes counted in one row."""
    return tuple(entry for entry in OUTCOMES.values() if entry.row == row)


def requirements(code: str, refused_as: Sequence[str] = ()) -> tuple[Requirement, ...]:
    """What must be on file before a request closes as *code*.

    *refused_as* names the refusal outcomes of the parts held back, for a severed reply.
    """
    wanted = [*outcome(code).requires]
    if code == PARTIAL:
        wanted += [need for part in refused_as for need in outcome(part).requires]
    return tuple(REQUIREMENTS[need] for need in dict.fromkeys(wanted))


def unmet(
    code: str, facts: Collection[str], refused_as: Sequence[str] = ()
) -> tuple[Requirement, ...]:
    """The requirements of *code* that none of the *facts* on file meets."""
    return tuple(
        need for need in requirements(code, refused_as) if not set(need.any_of) & set(facts)
    )
