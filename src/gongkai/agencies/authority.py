"""Whether the one who acts holds the role a step needs: asked by the action itself, not only by a page.

A role is held today, whatever the legal day of the step: who acts, acts now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.people.models import Person


@dataclass(frozen=True)
class Order:
    """Past facts entered as they happened elsewhere (补录): on whose order, and from what.

    Whoever was in office then need hold no role here today, so no role is asked for. Every row
    entered this way is marked in the log by whoever gives the order. Only the rooms that move a
    whole ledger in may make one; a test reads the source for it.
    """

    by: Person
    source: str


def authorise(
    by: Person,
    may: Callable[[Standing], bool],
    *,
    step: str,
    whose: str,
    order: Order | None = None,
) -> None:
    """Raise :class:`RoleRefused` unless *by* may take *step*, which is the task of *whose* roles."""
    if order is None and not may(standing_on(by, clock.today())):
        raise RoleRefused(
            f"{step}由{whose}办理（谁办理谁负责），您今天不担任这一角色。"
            "如确由您负责，请本单位负责人或县政务公开办先登记您的任职。"
        )
