"""What each kind of document says beside its title and text: titles, fields, and what is wrong with a value.

The fields are data (``kinds.toml``); they are approved with the text, so they are part of the
canonical bytes of an edition.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from gongkai.documents.kinds.fields import Field, FieldWrong, Plain

__all__ = ["Field", "FieldWrong", "Schema", "Values", "schema_of"]

Values = Mapping[str, Plain]


@dataclass(frozen=True)
class Schema:
    """The fields of one kind, in the order they are asked for.

    *columns* are standard columns that take this kind from every agency; the first is proposed.
    """

    code: str
    help: str
    columns: tuple[str, ...] = ()
    field: tuple[Field, ...] = ()

    def read(self, typed: Mapping[str, str]) -> tuple[dict[str, Plain], dict[str, str]]:
        """Return the values of what was *typed*, and a sentence for each field that is wrong.

        Empty is not wrong here: a draft may be kept half done. What is not a field of the kind is dropped.
        """
        values: dict[str, Plain] = {}
        wrong: dict[str, str] = {}
        for field in self.field:
            try:
                values[field.name] = field.read(typed.get(field.name, ""))
            except FieldWrong as refused:
                wrong[field.name] = str(refused)
        return values, wrong | self._out_of_order(values)

    def write(self, values: Values) -> dict[str, str]:
        """Return *values* as they are typed, the inverse of :meth:`read`."""
        return {field.name: field.write(values.get(field.name)) for field in self.field}

    def shown(self, values: Values) -> list[tuple[str, str]]:
        """Return (label, value as typed) of the fields that are filled in."""
        typed = self.write(values)
        return [(field.label, typed[field.name]) for field in self.field if typed[field.name]]

    def missing(self, values: Values) -> Iterator[str]:
        """Yield a sentence for each field without which an edition cannot be closed."""
        for field in self.field:
            if field.needed and not values.get(field.name):
                why = f"（{field.basis}）" if field.basis else ""
                yield f"还没有填“{field.label}”{why}。"

    def _out_of_order(self, values: Values) -> dict[str, str]:
        labels = {field.name: field.label for field in self.field}
        return {
            field.name: f"“{field.label}”不能早于“{labels[field.not_before]}”，请核对两个日期。"
            for field in self.field
            if field.not_before and _is_before(values.get(field.name), values.get(field.not_before))
        }


def _is_before(later: Plain, earlier: Plain) -> bool:
    # ISO days sort as text.
    return bool(later and earlier) and str(later) < str(earlier)


@cache
def _schemas() -> Mapping[str, Schema]:
    text = (Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8")
    read = [msgspec.convert(row, Schema) for row in tomllib.loads(text)["kind"]]
    return MappingProxyType({schema.code: schema for schema in read})


def schema_of(kind: str) -> Schema:
    """Return the schema of the kind with this code. Raises ``KeyError`` for one that is none."""
    return _schemas()[kind]
