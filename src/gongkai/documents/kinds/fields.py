"""One field of a kind: how what a clerk types becomes a plain value, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit

from gongkai.audit.clock import SHANGHAI
from gongkai.text.canonical import Plain

__all__ = ["Field", "FieldWrong", "Plain"]

_INSTANT = "%Y-%m-%d %H:%M"
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SHORT, _LONG = 300, 5_000


class FieldWrong(Exception):
    """What is wrong with what was typed into a field, in the clerk's words."""


@dataclass(frozen=True)
class Field:
    """A field as ``kinds.toml`` describes it."""

    name: str
    label: str
    type: Literal["text", "long", "lines", "day", "instant", "year", "choice", "address"]
    needed: bool = False
    help: str = ""
    basis: str = ""
    choices: tuple[str, ...] = ()
    not_before: str = ""

    @property
    def longest(self) -> int:
        """How many characters may be typed."""
        return _LONG if self.type in ("long", "lines") else _SHORT

    def read(self, typed: str) -> Plain:
        """Return the plain value of *typed*, the empty one where nothing was. Raises :class:`FieldWrong`."""
        text = typed.replace("\r\n", "\n").strip()
        if _CONTROL.search(text):
            raise FieldWrong(f"“{self.label}”里有看不见的控制字符，请重新输入这一项。")
        if len(text) > self.longest:
            raise FieldWrong(f"“{self.label}”最多 {self.longest} 个字，现在有 {len(text)} 个。")
        if self.type == "lines":
            return [line.strip() for line in text.split("\n") if line.strip()]
        return self._read(text) if text else ""

    def write(self, value: Plain) -> str:
        """Return *value* as it is typed."""
        if isinstance(value, (list, tuple)):
            return "\n".join(str(line) for line in value)
        text = "" if value is None else str(value)
        if self.type == "instant" and text:
            return datetime.fromisoformat(text).astimezone(SHANGHAI).strftime(_INSTANT)
        return text

    def _read(self, text: str) -> Plain:
        if self.type == "day":
            return self._day(text).isoformat()
        if self.type == "instant":
            return self._instant(text).isoformat()
        if self.type == "year" and not _YEAR.fullmatch(text):
            raise FieldWrong(f"“{self.label}”请写四位年份，例如 2024。")
        if self.type == "choice" and text not in self.choices:
            raise FieldWrong(f"“{self.label}”请从 {'、'.join(self.choices)} 中选一项。")
        if self.type == "address" and not _is_address(text):
            raise FieldWrong(f"“{self.label}”请写以 https:// 或 http:// 开头的完整网址。")
        return text

    def _day(self, text: str) -> date:
        try:
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=SHANGHAI).date()
        except ValueError as wrong:
            raise FieldWrong(f"“{self.label}”请按 2024-03-01 的样子写。") from wrong

    def _instant(self, text: str) -> datetime:
        try:
            found = datetime.strptime(text.replace("T", " "), _INSTANT)
        except ValueError as wrong:
            raise FieldWrong(
                f"“{self.label}”请按 2024-03-01 09:30 的样子写，用北京时间。"
            ) from wrong
        return found.replace(tzinfo=SHANGHAI)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
