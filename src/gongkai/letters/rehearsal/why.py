"""Reading why: reasons that say something, what can be severed, what would be endangered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.letters.rehearsal.defect import Defect, Reading, article
from gongkai.letters.rehearsal.sources import REASON_LEAST, STOCK

_QUOTED = re.compile(
    r"《[^》]*》|（[^）]*）|第[一二三四五六七八九十百零〇]+[条款]|第（[^）]*）项|[\W\d]"
)


def reasons(reading: Reading) -> Iterator[Defect]:
    """A quoted article is no reason: what remains without it has to say something."""
    if "理由" not in reading.duty.must:
        return
    bare = _QUOTED.sub("", reading.facts.reasons)
    for phrase in STOCK:
        bare = bare.replace(phrase, "")
    if reading.facts.reasons.strip() and len(bare) < REASON_LEAST:
        yield Defect(
            "reason",
            "理由只引用了条文或者套话，没有说明本案的情况为什么符合这一条。",
            article("第三十六条第（三）项"),
            "请写明是什么信息、怎样形成、为什么符合所引条款。",
        )


def separation(reading: Reading) -> Iterator[Defect]:
    if reading.withholds and not reading.facts.separation.strip():
        yield Defect(
            "separation",
            "没有说明能不能区分处理。",
            article("第三十七条"),
            "请写明不应当公开的内容能否与可以公开的内容分开，不能分开的写明原因。",
        )


def risk(reading: Reading) -> Iterator[Defect]:
    if reading.refused_as("refused_security") and not reading.facts.risk.strip():
        yield Defect(
            "risk",
            "没有具体说明公开会危及什么。",
            article("第十四条"),
            "请说明会危及国家安全、公共安全、经济安全或者社会稳定的哪一方面、怎样危及。",
        )
