"""What an officer types for each step."""

from __future__ import annotations

from gongkai.foi.handling.forms.assigning import (
    MOST_RETURNED,
    AnswerForm,
    AssignForm,
    ChaseForm,
    ReturnForm,
)
from gongkai.foi.handling.forms.day import Choices, DayForm, long_text
from gongkai.foi.handling.forms.drafting import (
    DraftForm,
    NothingForm,
    OutcomeForm,
    SendBackForm,
    SignForm,
)
from gongkai.foi.handling.forms.steps import (
    ApprovalForm,
    ArrivalForm,
    ConsultForm,
    CorrectedForm,
    CorrectionForm,
    DelayForm,
    DemandForm,
    FindingForm,
    OpinionForm,
    ProofForm,
    ProposalForm,
    ReasonForm,
    SearchForm,
    SilenceForm,
)

__all__ = [
    "MOST_RETURNED",
    "AnswerForm",
    "ApprovalForm",
    "ArrivalForm",
    "AssignForm",
    "ChaseForm",
    "Choices",
    "ConsultForm",
    "CorrectedForm",
    "CorrectionForm",
    "DayForm",
    "DelayForm",
    "DemandForm",
    "DraftForm",
    "FindingForm",
    "NothingForm",
    "OpinionForm",
    "OutcomeForm",
    "ProofForm",
    "ProposalForm",
    "ReasonForm",
    "ReturnForm",
    "SearchForm",
    "SendBackForm",
    "SignForm",
    "SilenceForm",
    "long_text",
]
