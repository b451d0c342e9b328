"""Readers that do to their process what a hostile or broken file does, told by the bytes they get."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Sequence

from gongkai.annualreport.model import Report
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.verdict import judge as honest
from gongkai.annualreport.verdict.verdict import Verdict

MODULE = __name__
_kept: list[bytearray] = []


def judge(
    source: str,
    data: bytes,
    *,
    prev: Report | None = None,
    units: Sequence[Report] | None = None,
) -> Verdict:
    """Do what `data` says; bytes that say nothing are judged honestly."""
    _suffer(data)
    return honest.judge(source, data, prev=prev, units=units)


def read_report(source: str, data: bytes) -> Reading:
    """The same for the first of two steps."""
    _suffer(data)
    return honest.read_report(source, data)


conclude = honest.conclude


def pid() -> int:
    """The process this runs in."""
    return os.getpid()


def environment() -> dict[str, str]:
    """What the process was given."""
    return dict(os.environ)


def _suffer(data: bytes) -> None:
    match data:
        case b"hang":
            time.sleep(600)
        case b"hang in C":  # one call that never looks for signals
            sum(itertools.repeat(1))
        case b"eat memory":
            bytearray(8 << 30)
        case b"keep memory":  # enough for one file, too much for two
            _kept.append(bytearray(700 << 20))
        case b"exit":
            os._exit(0)
        case b"segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"raise":
            raise RuntimeError("reader is broken")
        case b"recurse":
            _suffer_deeper()
        case b"print":
            os.write(1, b"noise of a C library")
        case _:
            return


def _suffer_deeper() -> None:
    _suffer_deeper()
