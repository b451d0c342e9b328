"""A child process: forked, tied to the life of its parent, leading a group of its own."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable

logger = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1
_DIED_OF = 128


def fork(run: Callable[[], int]) -> int:
    """Start *run* in a child and return its process id; the child ends with what *run* returns.

    Its own group: Ctrl-C reaches the parent alone, which then ends everything in order.
    """
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setpgid(0, 0)
        die_with(parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        code = run()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        logger.exception("子进程 %d 出错", os.getpid())
    finally:
        # Nothing of the parent's may unwind here: its locks and its database session are its own.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def die_with(parent: int) -> None:
    """Have the kernel end this process when *parent* does, however that happens (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(_DIED_OF + signal.SIGTERM)  # it died before we asked


def ended(pid: int) -> int | None:
    """Return the exit code of child *pid* (negative: the signal it died of), or None while it lives."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def kill_group(pid: int) -> None:
    """End child *pid* and all it has started, now."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
