"""The fields in which a county keeps a standard catalogue of what it makes public (国办发〔2019〕54号)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.packaged import rows, table
from gongkai.law.parameters import Certainty


@dataclass(frozen=True)
class Field:
    """One of the 26 grass-roots fields. *also*: another name it had or is given, empty without one."""

    no: int
    code: str
    title: str
    also: str
    certainty: Certainty


BASIS: str = table("fields.toml")["basis"]
FIELDS: Mapping[str, Field] = {field.code: field for field in rows("fields.toml", "field", Field)}


def field_named(text: str) -> Field | None:
    """The field whose title, or other name, occurs in *text*; the longest title wins, None without one."""
    named = [
        (len(name), field)
        for field in FIELDS.values()
        for name in (field.title, field.also)
        if name and name in text
    ]
    return max(named, key=lambda one: one[0])[1] if named else None
