"""What may never stand in a message: mail passes through servers that are not ours."""

from __future__ import annotations

import re

_DIGITS = r"(?<![0-9A-Za-z])(?:{})(?![0-9A-Za-z])"
_PERSONAL = (
    ("证件号码", re.compile(_DIGITS.format(r"\d{17}[\dXx]|\d{15}"), re.ASCII)),
    (
        "手机号码",
        re.compile(_DIGITS.format(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"), re.ASCII),
    ),
    ("邮箱地址", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)),
)


class PersonalDataRefused(ValueError):
    """A message was written with something personal in it: a fault of the program that wrote it."""


def refuse_personal_data(*texts: str) -> None:
    """Raise ``PersonalDataRefused`` when one of *texts* holds what looks like a person's number."""
    for text in texts:
        for name, pattern in _PERSONAL:
            if pattern.search(text):
                # The number itself is not repeated: this sentence goes to a log.
                raise PersonalDataRefused(f"消息里不能写{name}：只写事项、机关、编号、期限和链接。")
