"""How a job may end other than well."""

from __future__ import annotations


class JobRefused(Exception):
    """Why a job cannot be started, tried again or stopped, in the clerk's words."""


class JobFailed(Exception):
    """Why the work was not done, as a sentence for a clerk. *again*: a later try may go better."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.again = again


class StopAsked(Exception):
    """Somebody asked for this job to stop; the work ends where it is."""


class Interrupted(Exception):
    """The worker is being shut down; the job goes back into the queue."""


class TakenAway(Exception):
    """This worker was thought dead and the job is no longer its own: it must not write another word."""
