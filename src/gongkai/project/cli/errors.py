"""What a command says when it cannot do what was asked."""

from __future__ import annotations


class CommandError(Exception):
    """One Chinese line for the terminal and the exit code that goes with it."""

    def __init__(self, message: str, code: int = 2) -> None:
        self.code = code
        super().__init__(message)
