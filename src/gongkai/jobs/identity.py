"""The program itself as an actor: what it starts by the clock has no person behind it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Program:
    """A named program; satisfies ``audit.identity.Actor``."""

    uid: UUID
    name: str


CLOCKWORK = Program(UUID("00000000-0000-7000-8000-000000000001"), "公开系统（定时）")
