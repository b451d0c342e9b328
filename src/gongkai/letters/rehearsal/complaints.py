"""Reading the ways of complaint: told at all, right for outcome and day, online where served online."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.remedies import Remedies, ordinary_remedies, remedies
from gongkai.letters.rehearsal.defect import Defect, Reading
from gongkai.letters.slots import day


def complaint(reading: Reading) -> Iterator[Defect]:
    if not reading.duty.decides:
        return
    given, right = reading.facts.complaint, _right(reading)
    if given is None or not given.review_organ.strip() or not given.court.strip():
        yield Defect(
            "remedies_absent",
            "没有告知向哪个机关申请复议、向哪个法院起诉。",
            "《行政复议法》第二十三条第二款、第二十条；《行政诉讼法》第四十六条",
            "请设置本机关的复议机关和管辖法院。",
        )
    elif given.remedies != right:
        order = (
            "应当先申请行政复议" if right.review_first else "可以申请行政复议，也可以直接提起诉讼"
        )
        yield Defect(
            "remedies_wrong",
            f"救济途径与处理结果或者日期不符：{day(reading.facts.signed_on or reading.on)}作出的这一决定，{order}。",
            right.basis or "《行政复议法》《行政诉讼法》",
            "请按处理结果和成文日期重新生成救济途径。",
        )
    elif reading.facts.service and reading.facts.service.online and not given.online.strip():
        yield Defect(
            "remedies_online",
            "通过互联网送达，却没有告知在线申请行政复议的途径。",
            "《行政复议法》第二十二条第二款",
            "请补上在线申请行政复议的网址。",
        )


def _right(reading: Reading) -> Remedies:
    decided = reading.facts.signed_on or reading.on
    found = reading.outcome
    if found is None:
        return ordinary_remedies(decided, reading.rules)
    return remedies(found.code, decided, reading.rules)
