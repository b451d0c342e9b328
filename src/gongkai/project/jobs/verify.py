"""``ledger verify`` and ``audit verify`` as one piece of background work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from gongkai.audit.queries import streams, verify_stream
from gongkai.jobs.kinds import Arguments, Outcome
from gongkai.jobs.work.progress import Progress
from gongkai.project.cli.ledger import faults, file_faults

_SHOWN = 200
"""A page names so many faults; who has more than that needs the command line, and help."""


def verify_ledger(arguments: Arguments, progress: Progress) -> Outcome:
    """Recompute the ledger, then walk each stream. What is found is the result, not a failure."""
    chains = streams()
    total = len(chains) + 1
    progress.step(0, total, "台账：由事件重算")
    found = lasting(faults) + lasting(file_faults)
    for n, stream in enumerate(chains, start=1):
        progress.step(n, total, f"审计链 {stream}")
        found += lasting(partial(_broken, stream))
    progress.step(total, total, "完成")
    return Outcome(_told(found, len(chains)))


def lasting(find: Callable[[], Iterable[str]]) -> list[str]:
    """Return what *find* finds twice in a row.

    Others go on writing meanwhile: a case decided between two reads looks like a fault, once.
    """
    first = list(find())
    return [fault for fault in find() if fault in set(first)] if first else []


def _broken(stream: str) -> Iterable[str]:
    found = verify_stream(stream)
    return [f"审计链 {found.stream} 第 {found.seq} 号事件：{found.reason}"] if found else []


def _told(found: list[str], chains: int) -> str:
    if not found:
        return f"台账与来源一致。\n{chains} 条审计链全部完整。"
    head = f"发现 {len(found)} 处不符。请停止写入，保留数据库副本，用最近的备份和已公布的链头比对。"
    rest = len(found) - _SHOWN
    tail = [f"还有 {rest} 处没有列出，请用 gongkai ledger verify 查看。"] if rest > 0 else []
    return "\n".join([head, *found[:_SHOWN], *tail])
