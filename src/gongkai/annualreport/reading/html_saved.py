"""Pages saved as one file (.mht): a mail whose parts are the page and its pictures."""

from __future__ import annotations

import importlib
import re
from typing import Any

from gongkai.files.refusal import UnreadableError

_HEAD = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\r?\n(?:[ \t]+[^\n]*\r?\n)*)+\r?\n")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.I | re.M)
_MOST_NESTED = 20


def is_mhtml(data: bytes) -> bool:
    """Tell whether these bytes are such a mail."""
    head = _HEAD.match(data[:20_000])
    return head is not None and _MULTIPART.search(head[0]) is not None


def page_inside(data: bytes) -> tuple[bytes, str | None]:
    """Return the largest page in the mail and the encoding it declares.

    Raises `UnreadableError` when there is no page in it.
    """
    if len(_MULTIPART.findall(data)) > _MOST_NESTED:
        raise UnreadableError("单文件网页（.mht）嵌套过多，不像保存的网页；请重新保存网页再检查。")
    message = importlib.import_module("email").message_from_bytes(data.lstrip())
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    found = [(_payload(part), part.get_content_charset()) for part in pages]
    if not found:
        raise UnreadableError("单文件网页（.mht）里没有网页正文；请重新保存网页再检查。")
    return max(found, key=lambda one: len(one[0]))


def _payload(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
