"""The log of a document in a clerk's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.documents.models import Disclosure, Document, Reassessment
from gongkai.documents.queries import history_of

MOST = 100
_TITLES: Mapping[str, str] = {
    "document.opened": "开始起草",
    "draft.begun": "开始编辑",
    "draft.taken_over": "接过编辑",
    "draft.saved": "保存",
    "draft.discarded": "作废草稿",
    "edition.begun": "另立新版本",
    "edition.closed": "封存",
    "file.attached": "增加附件",
    "file.detached": "取下附件",
    "disclosure.set": "改变公开属性",
    "withholding.reassessed": "重新评估不予公开",
}


@dataclass(frozen=True)
class Happening:
    """What happened, when, by whom; *note* is what the log says beside it."""

    at: datetime
    title: str
    who: str
    note: str


def happenings(document: Document) -> Iterator[Happening]:
    """Yield what happened to *document*, the newest first; what other rooms recorded is left to them."""
    for event in history_of(document).filter(kind__in=_TITLES)[:MOST]:
        said = json.loads(event.payload_text)
        yield Happening(event.at, _TITLES[event.kind], event.actor_name, _note(said))


def _note(said: Mapping[str, object]) -> str:
    parts = []
    if "n" in said:
        parts.append(f"第 {said['n']} 版")
    if "to" in said:
        parts.append(f"{Disclosure(str(said['from'])).label} → {Disclosure(str(said['to'])).label}")
    if "result" in said:
        parts.append(str(Reassessment.Result(str(said["result"])).label))
    if "reason" in said:
        parts.append(f"理由：{said['reason']}")
    return "，".join(parts)
