"""Running a function in a process of its own, so that a file that hangs, swells or crashes its reader
is told by its own verdict and spoils no other.

Each thread has one such process, started when first needed and kept for the next file. It is a fresh
interpreter and not a fork: it may be started from any thread of any server, and from the workers of a
cluster, which may not have children of the usual kind.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO

from gongkai.annualreport.verdict.child import DONE, MEMORY

SECONDS = 20.0
# Libraries keep some memory for ever; a new process now and then gives it back.
_MOST_CALLS = 500
_JUDGE = "gongkai.annualreport.verdict.judge"
_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from gongkai.annualreport.verdict.child import serve; serve(sys.argv[1])"
)


class ApartError(Exception):
    """The function did not come to an end; the message is a sentence for a clerk."""


class TimeUpError(ApartError):
    """It took longer than it may."""


class MemoryUpError(ApartError):
    """It wanted more memory than it may have."""


class CrashError(ApartError):
    """It raised, or its process died."""


class Apart:
    """A process that runs functions one at a time. Not to be shared between threads."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = _nothing
        self._calls = 0

    def call(
        self,
        module: str,
        name: str,
        *args: object,
        options: Mapping[str, object] = MappingProxyType({}),
        seconds: float = SECONDS,
    ) -> object:
        """Return what `module.name(*args, **options)` returns. Raises `ApartError`."""
        seasoned = self._calls > 0
        request = (module, name, args, dict(options), seconds)
        try:
            return self._call(request, seconds)
        except (MemoryUpError, CrashError):
            if not seasoned:
                raise
        # What earlier files left behind must not be held against this one: again, in a fresh process.
        return self._call(request, seconds)

    def start(self) -> None:
        """Start the process now, so that it gets ready while the caller does something else."""
        if self._process is None or self._calls >= _MOST_CALLS:
            self.close()
            command = [sys.executable, "-c", _BOOT, _JUDGE, *sys.path]
            self._process = subprocess.Popen(  # noqa: S603  # this interpreter and our own words
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            self._end = weakref.finalize(self, _end, self._process)

    def close(self) -> None:
        """End the process; the next call starts another."""
        self._end()
        self._process, self._end, self._calls = None, _nothing, 0

    def _call(self, request: tuple[object, ...], seconds: float) -> object:
        self.start()
        self._calls += 1
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise RuntimeError("the process was started without pipes")
        alarm = _Alarm(process, seconds)
        try:
            kind, value = _exchange(process.stdin, process.stdout, request)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._died(alarm) from error
        finally:
            alarm.cancel()
            if alarm.rang:
                self.close()
        return self._answer(kind, value)

    def _answer(self, kind: str, value: object) -> object:
        if kind == DONE:
            return value
        self.close()
        if kind == MEMORY:
            raise MemoryUpError(
                "文件太大或结构异常，读取时内存不够；请只保留报告本身，另存后再检查。"
            )
        raise CrashError(
            f"读取时出错（{value}），文件可能已损坏；请用原软件打开后另存一份再检查，"
            "仍不行的请把文件交给维护人员。"
        )

    def _died(self, alarm: _Alarm) -> ApartError:
        rang = alarm.rang
        self.close()
        if rang:
            return TimeUpError(
                f"读取超过 {alarm.seconds:g} 秒仍未完成，已停止；文件可能过大或已损坏，"
                "请只保留报告本身，另存后再检查。"
            )
        return CrashError(
            "读取时程序异常退出，文件可能已损坏或过大；请用原软件打开后另存一份再检查。"
        )


class _Alarm:
    """Kills a process when the time is up."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.rang = False
        self.seconds = seconds
        self._process = process
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Call it off; afterwards `rang` says for certain whether it came too late."""
        self._timer.cancel()
        self._timer.join()

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


def _exchange(
    requests: IO[bytes], answers: IO[bytes], request: tuple[object, ...]
) -> tuple[str, object]:
    pickle.dump(request, requests, protocol=pickle.HIGHEST_PROTOCOL)
    requests.flush()
    kind, value = pickle.load(answers)  # noqa: S301  # our own child's answer
    return kind, value


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # the rest of a request that nobody will read
                continue
    process.wait()


def _environment() -> dict[str, str]:
    """A reader needs none of the office's keys."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GONGKAI_") and name != "DATABASE_URL"
    }


def _nothing() -> None:
    return None


class _Mine(threading.local):
    def __init__(self) -> None:
        self.apart = _READY.pop() if _READY else Apart()


_READY: list[Apart] = []
_MINE = _Mine()


def prepare() -> None:
    """Start a process for the first thread that will want one."""
    ready = Apart()
    ready.start()
    _READY.append(ready)


def mine() -> Apart:
    """Return this thread's own process."""
    return _MINE.apart
