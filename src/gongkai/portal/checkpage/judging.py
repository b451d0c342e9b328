"""Judging what was uploaded, in a process of its own and within the time a request may take."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile

from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict import apart
from gongkai.annualreport.verdict.batch import conclude_apart, judge_apart, read_apart
from gongkai.annualreport.verdict.shelf import Shelf
from gongkai.annualreport.verdict.verdict import Verdict, unreadable

# The application server gives a request half a minute; what is not read by then is said so.
_ALL = 20.0
_EACH = 8.0
_LEAST = 0.5


class PreviousRefused(Exception):
    """Last year's report cannot be used; the message is a sentence for a clerk."""


def judge_uploads(
    files: Sequence[UploadedFile[bytes]], prev: UploadedFile[bytes] | None
) -> list[Verdict]:
    """Return one verdict a file, in order. Raises `PreviousRefused`.

    The process is ended afterwards: nothing that was uploaded stays in any memory.
    """
    deadline = time.monotonic() + _ALL
    try:
        shelf = None if prev is None else Shelf(only=_previous(prev))
        return [_judge(file, shelf, deadline) for file in files]
    finally:
        apart.mine().close()


def _previous(prev: UploadedFile[bytes]) -> Report:
    found = read_apart(_name(prev), prev.read(), seconds=_EACH)
    if found.report is None:
        raise PreviousRefused(f"上年报告“{_name(prev)}”无法读取。{found.reason}")
    return found.report


def _judge(file: UploadedFile[bytes], shelf: Shelf | None, deadline: float) -> Verdict:
    name, data = _name(file), file.read()
    seconds = min(_EACH, deadline - time.monotonic())
    if seconds < _LEAST:
        return unreadable(name, "这次提交的处理时间用完了，没有轮到这一份；请单独再提交一次。")
    if shelf is None:
        return judge_apart(name, data, seconds=seconds)
    reading = read_apart(name, data, seconds=seconds)
    if isinstance(reading, Verdict) or reading.report is None:
        return unreadable(name, reading.reason or "")
    before, note = shelf.before(reading.report)
    return conclude_apart(reading, prev=before, note=note, seconds=seconds)


def _name(file: UploadedFile[bytes]) -> str:
    return file.name or "未命名"


def chosen(files: Sequence[object]) -> Iterator[UploadedFile[bytes]]:
    """Yield what is a file; a field that was left empty is none."""
    yield from (file for file in files if isinstance(file, UploadedFile))
