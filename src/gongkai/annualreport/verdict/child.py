"""The far end of `apart`: a process that runs one function after another until its input ends.

It may be killed at any moment; nothing it holds is lost, because it holds nothing.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
from typing import BinaryIO

DONE, MEMORY, RAISED = "done", "memory", "raised"
# What a reader may take beyond what the interpreter itself holds when it starts.
_MEMORY = 1 << 30


def serve(first: str) -> None:
    """Answer requests on standard input; `first` is a module to import while none has come."""
    requests, answers = _private_streams()
    _limit_memory()
    importlib.import_module(first)
    while True:
        try:
            module, name, args, options, seconds = pickle.load(requests)  # noqa: S301  # our parent's
        except EOFError:
            return
        _set_alarm(2 * seconds)
        answer = _answer(module, name, args, options)
        _set_alarm(0)
        answers.write(answer)
        answers.flush()


def _answer(module: str, name: str, args: tuple[object, ...], options: dict[str, object]) -> bytes:
    """The pickled outcome: the kind, then the value or the name of what was raised."""
    try:
        value = getattr(importlib.import_module(module), name)(*args, **options)
        return pickle.dumps((DONE, value))
    except MemoryError:
        return pickle.dumps((MEMORY, None))
    except Exception as error:  # noqa: BLE001  # however a reader fails, it must not end the batch
        return pickle.dumps((RAISED, type(error).__name__))


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to ourselves: a C library that prints would garble the answers."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return requests, answers


def _limit_memory() -> None:
    if sys.platform != "linux":  # elsewhere the limit is not honoured, or there is none
        return
    resource = importlib.import_module("resource")
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # pathlib would cost a start
        taken = int(file.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + _MEMORY
    limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _set_alarm(seconds: float) -> None:
    """Let the kernel end a process whose parent is gone and can no longer do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
