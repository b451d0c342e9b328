"""Refusals of the law room. Every message is a Chinese sentence for the clerk who reads it."""

from __future__ import annotations

from collections.abc import Iterable


class LawError(Exception):
    """The law gives no answer to what was asked; the message says why and what to do next."""


class OutsideCalendarError(LawError):
    """A day for which neither a holiday notice nor the dates of the lunar festivals are known."""


class ParameterError(LawError):
    """A parameter is unknown, not yet in force, or of another kind than was asked for."""


class ClockError(LawError):
    """The events of a case contradict each other or a limit of the law."""


class ReceiptError(LawError):
    """The proof that fixes the day of receipt is missing or contradictory."""


class ServiceError(LawError):
    """The proof that fixes the day of service is missing or contradictory."""


class OutcomeError(LawError):
    """An outcome, ground or applicant class that the vocabulary does not have."""


class FeeError(LawError):
    """A quantity no fee can be computed for."""


class NoticeRefused(LawError):
    """An imported holiday notice is not acceptable; *reasons* lists everything found at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("放假通知未被接受：" + "；".join(self.reasons))
