"""Refusals of this room: what happened, why, what to do."""

from __future__ import annotations


class SignInRefused(Exception):
    """A try to sign in, or to prove once more who one is, that did not succeed."""


class AccountRefused(Exception):
    """An act on an account, an invitation or an administrator session that is not possible."""
