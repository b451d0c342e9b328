"""Start the children, start again what dies, and end all of them when asked."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from gongkai.project.supervising import child

_LOOK = 0.2  # seconds
_SHORT = 60.0
"""A child that lived longer than this died of something new: the next wait is short again."""
_LONGEST_PAUSE = 60.0
_FIRST = 10.0
"""A child that gives up by itself this soon after the very first start will not do better: all end."""
_UNWIND = 5.0


@dataclass
class Charge:
    """A child in our charge: its name for people, what it runs, and how it has fared."""

    name: str
    run: Callable[[], int]
    pid: int = 0
    started: float = 0.0
    starts: int = 0
    pause: float = 0.0
    next_start: float = 0.0


class Supervisor:
    """Looks after *charges* until SIGTERM or SIGINT; then each has *grace* seconds to end by itself."""

    def __init__(self, charges: Sequence[Charge], *, grace: float) -> None:
        self._charges = charges
        self._grace = grace
        self._asked = 0

    def run(self) -> int:
        """Return 0 after an orderly end, else the code of the child that could not even start."""
        before = {number: signal.signal(number, self._ask) for number in _ENDING}
        code = 0
        try:
            while not self._asked:
                code = self._look()
                if code:
                    break
                time.sleep(_LOOK)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return code

    def _ask(self, signum: int, frame: FrameType | None) -> None:
        self._asked += 1

    def _look(self) -> int:
        for charge in self._charges:
            if charge.pid:
                code = child.ended(charge.pid)
                if code is not None and self._gone(charge, code):
                    return code
            if not charge.pid and time.monotonic() >= charge.next_start:
                self._start(charge)
        return 0

    def _start(self, charge: Charge) -> None:
        charge.started = time.monotonic()
        charge.starts += 1
        charge.pid = child.fork(charge.run)

    def _gone(self, charge: Charge, code: int) -> bool:
        """Note that *charge* has ended; return whether there is no use in starting it again."""
        child.kill_group(charge.pid)  # what it started and left behind
        lived = time.monotonic() - charge.started
        pid, charge.pid = charge.pid, 0
        if code > 0 and charge.starts == 1 and lived < _FIRST:
            _say(
                f"{charge.name}（进程 {pid}）起不来（退出码 {code}），全部停止。原因见上面的输出。"
            )
            return True
        charge.pause = 1.0 if lived > _SHORT else min(max(1.0, charge.pause * 2), _LONGEST_PAUSE)
        charge.next_start = time.monotonic() + charge.pause
        how = f"信号 {-code}" if code < 0 else f"退出码 {code}"
        _say(f"{charge.name}（进程 {pid}）意外结束（{how}），{charge.pause:.0f} 秒后重新启动。")
        return False

    def _end_all(self) -> None:
        """Ask every child to end and wait; who is still there when the grace is over is killed."""
        alive = [charge for charge in self._charges if charge.pid]
        for charge in alive:
            _signal(charge.pid, signal.SIGTERM)
        limit = time.monotonic() + self._grace + _UNWIND
        impatient = self._asked + 1
        while alive and time.monotonic() < limit and self._asked < impatient:
            time.sleep(_LOOK / 4)
            alive = [charge for charge in alive if child.ended(charge.pid) is None]
        for charge in alive:
            _say(f"{charge.name}（进程 {charge.pid}）没有按时结束，强制停止。")
        for charge in self._charges:
            if charge.pid:
                child.kill_group(charge.pid)
        for charge in alive:
            os.waitpid(charge.pid, 0)


_ENDING = (signal.SIGTERM, signal.SIGINT)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
