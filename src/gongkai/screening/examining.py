"""The examiner in a process of its own: a file that hangs, swells or crashes its reader is held, and nothing else falls."""

from __future__ import annotations

from typing import cast

from gongkai.annualreport.verdict.apart import (
    ApartError,
    MemoryUpError,
    TimeUpError,
    mine,
)
from gongkai.files.outgoing.concern import Concern, ConcernKind

_SECONDS = 60.0
_MODULE = "gongkai.files.outgoing.examine"


def examined_apart(data: bytes, name: str) -> tuple[Concern, ...]:
    """Return what :func:`gongkai.files.outgoing.examine.examine` finds. Raises nothing for what a file holds."""
    try:
        found = mine().call(_MODULE, "examine", data, name, seconds=_SECONDS)
    except ApartError as failed:
        return (Concern(ConcernKind.UNREADABLE, "全文", _said(failed)),)
    return cast("tuple[Concern, ...]", found)


def _said(failed: ApartError) -> str:
    if isinstance(failed, TimeUpError):
        return f"检查超过 {_SECONDS:g} 秒仍未完成，已停止；请拆成几个文件，或者另存后再检查。"
    if isinstance(failed, MemoryUpError):
        return "文件解开后太大，检查时内存不够；请压缩图片、拆成几个文件后再检查。"
    return "检查时读取程序异常退出，文件可能已损坏；请用原来的软件打开，另存一份再检查。"
