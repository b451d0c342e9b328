"""Writing notices, parameters and numbers."""

from __future__ import annotations

from gongkai.rulebook.actions.notices import (
    NoticeKnown,
    approve_notice,
    propose_notice,
    reject_notice,
)
from gongkai.rulebook.actions.numbers import NumberInUse, take_number, take_numbers, void_number
from gongkai.rulebook.actions.parameters import (
    ParameterRefused,
    approve_parameter,
    propose_parameter,
    reject_parameter,
)
from gongkai.rulebook.actions.two_persons import DecisionRefused, PlanChanged

__all__ = [
    "DecisionRefused",
    "NoticeKnown",
    "NumberInUse",
    "ParameterRefused",
    "PlanChanged",
    "approve_notice",
    "approve_parameter",
    "propose_notice",
    "propose_parameter",
    "reject_notice",
    "reject_parameter",
    "take_number",
    "take_numbers",
    "void_number",
]
