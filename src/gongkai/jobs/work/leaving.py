"""Whether this process has been asked to end, and how long a job in hand may still take."""

from __future__ import annotations

import threading
import time


class Leaving:
    """Set by a signal handler, asked by the loop and by each step of a job."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._until = 0.0

    def ask(self, *, grace: float) -> None:
        """Take no more work; what is in hand has *grace* seconds."""
        if not self._asked.is_set():
            self._until = time.monotonic() + grace
            self._asked.set()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()

    @property
    def overdue(self) -> bool:
        """Whether the grace is over."""
        return self.asked and time.monotonic() >= self._until

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the moment somebody asks."""
        self._asked.wait(seconds)

    def forget(self) -> None:
        """Begin anew: a forked child starts with its own orders."""
        self._asked.clear()


leaving = Leaving()
"""This process's own."""
