"""Writing people, their accounts, and what they sign in with."""

from __future__ import annotations

from gongkai.people.actions.accounts import (
    change_password,
    close_account,
    open_account,
    register_person,
    reopen_account,
)
from gongkai.people.stream import STREAM

__all__ = [
    "STREAM",
    "change_password",
    "close_account",
    "open_account",
    "register_person",
    "reopen_account",
]
