"""Reading the law a letter cites: the outcome, the articles of its grounds, what is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.grounds import GROUNDS
from gongkai.law.instruments import articles_cited, cited
from gongkai.law.letters import code_of
from gongkai.letters.rehearsal.defect import Defect, Reading, article
from gongkai.letters.slots import day

_WITHOUT_AN_OUTCOME = frozenset({code_of("overriding"), code_of("corrected")})
"""Telling a third party, and a correction: decisions that end no request."""


def outcome(reading: Reading) -> Iterator[Defect]:
    found = reading.outcome
    if found is not None and found.letter != reading.code and reading.duty.decides:
        yield Defect(
            "outcome",
            f"处理结果“{found.title}”用的不是《{reading.duty.title}》。",
            found.article or article("第三十六条"),
            "请按处理结果重新生成文书。",
        )
    elif found is None and (reading.facts.outcome or _ends_a_request(reading)):
        yield Defect(
            "outcome",
            "没有选定处理结果，或者选的结果不在清单里。",
            article("第三十六条"),
            "请先选定处理结果。",
        )


def _ends_a_request(reading: Reading) -> bool:
    return reading.duty.decides and reading.code not in _WITHOUT_AN_OUTCOME


def grounds(reading: Reading) -> Iterator[Defect]:
    facts = reading.facts
    if reading.withholds and not facts.grounds:
        yield Defect(
            "ground",
            "没有写不予公开的依据。",
            article("第三十六条第（三）项"),
            "请写明依据的条、款、项。",
        )
    for one in facts.grounds:
        known = GROUNDS.get(one.code)
        if known is None or one.article.strip() != known.article:
            right = f"应为“{known.article}”" if known else "应从不予公开的理由清单中选择"
            yield Defect(
                "article",
                f"不予公开的理由引用了“{one.article or '（空）'}”，{right}。",
                article(known.article if known else "第十四条至第十六条"),
                "请改正引用的条、款、项。",
            )
        elif one.code == "ND2" and not _names_a_law(one.law):
            yield Defect(
                "prohibition",
                "没有写明是哪部法律、行政法规的哪一条禁止公开。",
                article("第十四条"),
                "请写明法律或者行政法规的名称和条款；地方性法规、规章不能作为依据。",
            )


def _names_a_law(text: str) -> bool:
    return bool(re.search(r"《[^》]+》第[一二三四五六七八九十百零〇]+条", text))


def in_force(reading: Reading) -> Iterator[Defect]:
    """Everything typed is read for instruments that were not, or no longer, in force when it was signed."""
    signed = reading.facts.signed_on or reading.on
    said = _typed(reading)
    for instrument in cited(said):
        if not instrument.in_force(signed):
            yield Defect(
                "repealed",
                f"引用了{instrument.title}，{day(signed)}不是有效依据。",
                instrument.successor or instrument.title,
                f"请改为引用{instrument.successor or '当时有效的规定'}。",
            )
        beyond = [n for n in articles_cited(said, instrument) if n > instrument.articles > 0]
        if beyond:
            yield Defect(
                "no_such_article",
                f"{instrument.title}只有{instrument.articles}条，文中引用了第{beyond[0]}条。",
                instrument.title,
                "请核对条文。",
            )


def _typed(reading: Reading) -> str:
    facts = reading.facts
    laws = [f"{one.law}{one.article}" for one in facts.grounds]
    return "\n".join(
        (
            facts.reasons,
            facts.separation,
            facts.risk,
            facts.special_rule,
            facts.material,
            facts.undeterminable,
            facts.opinion.answer,
            facts.opinion.not_asked,
            *laws,
        )
    )
