"""Obstacles as the desk prints them: by code, each with the figures it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.figures import registry
from gongkai.reporting.compile import Draft
from gongkai.reporting.preflight import GAP, TYPED, Obstacle

_NEVER_ACCEPTED = (GAP, TYPED)
"""A missing return is sent in and a typed number replaced; giving a reason mends neither."""


@dataclass(frozen=True)
class Door:
    """A figure an obstacle concerns: its key and what a clerk calls it."""

    key: str
    name: str


@dataclass(frozen=True)
class Hurdle:
    """An obstacle with its doors. *acceptable*: it may be frozen all the same, with a reason on record."""

    obstacle: Obstacle
    doors: tuple[Door, ...]
    acceptable: bool


def blocking(found: Iterable[Obstacle], draft: Draft) -> list[Hurdle]:
    """Return what keeps the draft from being frozen."""
    return [_hurdle(obstacle, draft) for obstacle in found if obstacle.blocking]


def warnings(found: Iterable[Obstacle], draft: Draft) -> list[Hurdle]:
    """Return what should be looked at and does not keep the draft from being frozen."""
    return [_hurdle(obstacle, draft) for obstacle in found if not obstacle.blocking]


def _hurdle(obstacle: Obstacle, draft: Draft) -> Hurdle:
    known, names = set(registry.registered()), draft.report.form.names
    doors = tuple(
        Door(key, names.get(key) or registry.definition(key).title)
        for key in obstacle.cells
        if key in known
    )
    return Hurdle(obstacle, doors, obstacle.blocking and obstacle.code not in _NEVER_ACCEPTED)
