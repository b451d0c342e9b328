"""Obstacles as the desk prints them: by code, each with the figures it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """Obstacles of one code about the same figures. *acceptable*: with a reason on record it may stand."""

    code: str
    basis: str
    messages: tuple[str, ...]
    doors: tuple[Door, ...]
    acceptable: bool


def blocking(found: Iterable[Obstacle], draft: Draft) -> list[Hurdle]:
    """Return what keeps the draft from being frozen."""
    return _together([obstacle for obstacle in found if obstacle.blocking], draft)


def warnings(found: Iterable[Obstacle], draft: Draft) -> list[Hurdle]:
    """Return what should be looked at and does not keep the draft from being frozen."""
    return _together([obstacle for obstacle in found if not obstacle.blocking], draft)


def _together(found: Iterable[Obstacle], draft: Draft) -> list[Hurdle]:
    """A figure that ten units still owe is one thing on the page, with ten lines."""
    alike: dict[tuple[str, tuple[str, ...], str], list[Obstacle]] = {}
    for obstacle in found:
        alike.setdefault((obstacle.code, obstacle.cells, obstacle.basis), []).append(obstacle)
    return [_hurdle(obstacles, draft) for obstacles in alike.values()]


def _hurdle(obstacles: Sequence[Obstacle], draft: Draft) -> Hurdle:
    first, names = obstacles[0], draft.report.form.names
    known = set(registry.registered())
    doors = tuple(
        Door(key, names.get(key) or registry.definition(key).title)
        for key in first.cells
        if key in known
    )
    return Hurdle(
        code=first.code,
        basis=first.basis,
        messages=tuple(obstacle.message for obstacle in obstacles),
        doors=doors,
        acceptable=first.blocking and first.code not in _NEVER_ACCEPTED,
    )
