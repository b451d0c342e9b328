"""Classes of applicants: the columns of table 3, and what proves an applicant's identity (Art 29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.errors import OutcomeError
from gongkai.law.packaged import rows


@dataclass(frozen=True)
class ApplicantClass:
    """One column. *organisation*: a representative signs, so an authorisation is needed too."""

    key: str
    label: str
    organisation: bool
    advice: str
    identity: str


CLASSES: Mapping[str, ApplicantClass] = {
    entry.key: entry for entry in rows("applicants.toml", "class", ApplicantClass)
}


def applicant_class(key: str) -> ApplicantClass:
    """The class *key*, or :class:`OutcomeError`."""
    found = CLASSES.get(key)
    if found is None:
        labels = "、".join(entry.label for entry in CLASSES.values())
        raise OutcomeError(f"没有“{key}”这种申请人类别，请从 {labels} 中选择。")
    return found
