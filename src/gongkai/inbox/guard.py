"""What may never stand in a message: mail passes through servers that are not ours."""

from __future__ import annotations

import re

from gongkai.text.masking import Kind
from gongkai.text.personal_data import find_personal_data

_NAMES = {Kind.ID_NUMBER: "证件号码", Kind.PHONE: "手机号码", Kind.BANK_CARD: "银行卡号"}
_STRICTER = (
    # Mistyped or not: without its check digit it still is somebody's number.
    ("证件号码", re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])", re.ASCII)),
    ("邮箱地址", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)),
)


class PersonalDataRefused(ValueError):
    """A message was written with something personal in it: a fault of the program that wrote it."""


def refuse_personal_data(*texts: str) -> None:
    """Raise ``PersonalDataRefused`` when one of *texts* holds what looks like a person's number."""
    for text in texts:
        found = [_NAMES[span.kind] for span in find_personal_data(text)]
        found += [name for name, pattern in _STRICTER if pattern.search(text)]
        if found:
            # The number itself is not repeated: this sentence goes to a log.
            raise PersonalDataRefused(f"消息里不能写{found[0]}：只写事项、机关、编号、期限和链接。")
