"""Chains and their stages, what is being judged, what was judged, and the recorded exceptions."""

from gongkai.review.models.chains import Chain, Stage, StageKind
from gongkai.review.models.departures import Lending, Loan, Waiver, WaiverKind
from gongkai.review.models.judging import Seal, State, Submission, Verdict, Word

__all__ = [
    "Chain",
    "Lending",
    "Loan",
    "Seal",
    "Stage",
    "StageKind",
    "State",
    "Submission",
    "Verdict",
    "Waiver",
    "WaiverKind",
    "Word",
]
