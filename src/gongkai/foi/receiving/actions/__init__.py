"""Every write of receiving, by who acts: the applicant, the officer who confirms, the one at the counter."""

from __future__ import annotations

from gongkai.foi.receiving.actions.confirming import (
    confirm_by_applicant,
    confirm_by_office,
    record_unreachable,
    refuse_submission,
)
from gongkai.foi.receiving.actions.counter import add_file, receive_at_counter
from gongkai.foi.receiving.actions.looking import look_at_file, look_at_submission
from gongkai.foi.receiving.actions.sending import Sent, amend, refuse_late, submit, withdraw

__all__ = [
    "Sent",
    "add_file",
    "amend",
    "confirm_by_applicant",
    "confirm_by_office",
    "look_at_file",
    "look_at_submission",
    "receive_at_counter",
    "record_unreachable",
    "refuse_late",
    "refuse_submission",
    "submit",
    "withdraw",
]
