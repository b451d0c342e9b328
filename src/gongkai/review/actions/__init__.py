"""Everything written in this room."""

from gongkai.review.actions.judging import Signing, approve_stage, reject_stage
from gongkai.review.actions.lending import lend_reviewer, set_lending
from gongkai.review.actions.setting import set_chain
from gongkai.review.actions.submitting import submit_for_review, withdraw_submission
from gongkai.review.actions.waiving import grant_urgent_waiver, waive_as_imported
from gongkai.review.refusal import ReviewRefused, WaiverRefused

__all__ = [
    "ReviewRefused",
    "Signing",
    "WaiverRefused",
    "approve_stage",
    "grant_urgent_waiver",
    "lend_reviewer",
    "reject_stage",
    "set_chain",
    "set_lending",
    "submit_for_review",
    "waive_as_imported",
    "withdraw_submission",
]
