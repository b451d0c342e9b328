"""The parts of an address. Each has one spelling, so that a page has one address."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter


class Year:
    regex = "[1-9][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Day:
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class Code:
    """An agency's code."""

    regex = "[0-9A-Za-z-]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CellKey:
    """A figure's key, such as ``t3.r4_1.nat``."""

    regex = "[a-z0-9_]+(?:[.][a-z0-9_]+)+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register_all() -> None:
    """Make the converters known under the names the addresses use."""
    register_converter(Year, "year")
    register_converter(Day, "day")
    register_converter(Code, "code")
    register_converter(CellKey, "key")
