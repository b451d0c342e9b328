"""Writing what letters say, their numbers, and where one complains."""

from __future__ import annotations

from gongkai.letters.actions.forums import ForumRefused, set_forum
from gongkai.letters.actions.numbers import NumberRefused, number_letter
from gongkai.letters.actions.wording import (
    WordingRefused,
    approve_wording,
    propose_wording,
    reject_wording,
    take_back_wording,
)

__all__ = [
    "ForumRefused",
    "NumberRefused",
    "WordingRefused",
    "approve_wording",
    "number_letter",
    "propose_wording",
    "reject_wording",
    "set_forum",
    "take_back_wording",
]
