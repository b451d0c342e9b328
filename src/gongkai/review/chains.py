"""Which chain a text goes through: a value, whether it was set by the county or came with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

from gongkai.review.guarding import ALWAYS
from gongkai.review.models import StageKind
from gongkai.review.refusal import ReviewRefused

_IN_ORDER = (StageKind.FIRST, StageKind.SECOND, StageKind.FINAL)


@dataclass(frozen=True)
class Shipped:
    """The chain that came with the program."""

    uid: UUID
    since: date
    stages: tuple[StageKind, ...]
    basis: str


@cache
def shipped() -> Shipped:
    """Return the chain that holds where nobody has set one."""
    text = files("gongkai.review").joinpath("shipped_chain.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)
    stages = tuple(map(StageKind, row["stages"]))
    return Shipped(UUID(row["uid"]), row["since"], stages, row["basis"])


def refuse_unfit_stages(stages: Sequence[StageKind]) -> None:
    """Raise ``ReviewRefused`` for a chain that lacks a stage, repeats one or puts 三审 out of order."""
    missing = [kind.label for kind in ALWAYS if kind not in stages]
    if missing:
        raise ReviewRefused(
            f"审核流程缺少{'、'.join(missing)}：保密审查须单独签署（条例第十七条），信息发布须经初审、复审、"
            "终审（三审）。请补上后再保存。"
        )
    if len(set(stages)) != len(stages):
        raise ReviewRefused("同一审核环节写了两次：每一环节由一人签署一次。请去掉重复的一项。")
    if [kind for kind in stages if kind in _IN_ORDER] != list(_IN_ORDER):
        raise ReviewRefused(
            "初审、复审、终审的先后不对：逐级审核，后一级对前一级负责（三审）。请按初审、复审、终审排列。"
        )
