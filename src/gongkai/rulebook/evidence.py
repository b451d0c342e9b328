"""Where a rule is used and which tests prove it: written by ``tools.rule_evidence`` from code and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).parent / "evidence.json"


@dataclass(frozen=True)
class Proof:
    """A test: where it is, and the sentence it says it proves."""

    test: str
    says: str


@dataclass(frozen=True)
class Evidence:
    """*uses* are modules that ask for the rule by its key."""

    uses: tuple[str, ...] = ()
    tests: tuple[Proof, ...] = ()


NOTHING = Evidence()


@cache
def evidence() -> Mapping[str, Evidence]:
    """Return what is known of each parameter, by its key."""
    return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, Evidence])


def of(key: str) -> Evidence:
    """Return what is known of *key*: nothing where no code asks for it yet."""
    return evidence().get(key, NOTHING)
