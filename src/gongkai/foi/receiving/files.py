"""Which files are taken in with a request. Nothing of them is read but what they are and how large."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from gongkai.files.kinds import EXTENSIONS, Kind
from gongkai.files.limits import refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from gongkai.foi.receiving.refusal import SubmissionRefused

ACCEPTED = ",".join(f".{ending}" for ending in EXTENSIONS)
_IN_A_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Inspected:
    """A file that is let in."""

    name: str
    kind: Kind
    data: bytes


def inspect(
    sent: Iterable[tuple[str, bytes]], *, most_files: int, most_bytes: int
) -> list[Inspected]:
    """Return the files as they are let in. Raises :class:`SubmissionRefused`, naming the first that is not.

    Only its beginning and its measures are looked at, never its text: whoever sends it is unknown.
    """
    files = list(sent)
    if len(files) > most_files:
        raise SubmissionRefused(
            f"一次最多附 {most_files} 个文件，收到了 {len(files)} 个，没有提交。请合并后再选，或者另行邮寄。"
        )
    if sum(len(data) for _, data in files) > most_bytes:
        raise SubmissionRefused(
            f"附件加起来超过 {most_bytes // 1_000_000} MB，没有提交。请缩小图片，或者改为邮寄、当面提交。"
        )
    return [_inspected(name, data) for name, data in files]


def _inspected(name: str, data: bytes) -> Inspected:
    shown = _IN_A_NAME.sub("", PurePath(name.replace("\\", "/")).name).strip()
    if not shown or shown.startswith(".") or len(shown) > _LONGEST_NAME:
        raise SubmissionRefused(f"附件的文件名须有 1 至 {_LONGEST_NAME} 个字，请改名后重新选择。")
    try:
        kind = sniff(data, shown)
        refuse_beyond(data, kind)
    except UnreadableError as refused:
        raise SubmissionRefused(f"附件“{shown}”没有收下：{refused}") from refused
    return Inspected(shown, kind, data)
