"""The last reading before signing: each seeded fault is found alone, and the clean twin has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.law.instruments import INSTRUMENTS, number_of
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.remedies import remedies
from gongkai.law.rules import Rules
from gongkai.letters.facts import CitedGround, Contact, Enclosure, LetterFacts, Opinion, Service
from gongkai.letters.invented import invented
from gongkai.letters.rehearsal import Defect, rehearse

ON = date(2025, 9, 22)
RULES = Rules.national(ON)
Spoil = Callable[[LetterFacts], LetterFacts]
WITH_LETTER = [outcome for outcome in OUTCOMES.values() if outcome.letter]


def read(code: str, facts: LetterFacts) -> tuple[Defect, ...]:
    return rehearse(code, facts, ON, RULES)


def of(**changes: object) -> Spoil:
    return lambda facts: replace(facts, **changes)  # type: ignore[arg-type]


def complaint(**changes: object) -> Spoil:
    def spoil(facts: LetterFacts) -> LetterFacts:
        assert facts.complaint is not None
        return replace(facts, complaint=replace(facts.complaint, **changes))  # type: ignore[arg-type]

    return spoil


def nobody(facts: LetterFacts) -> LetterFacts:
    return replace(facts, request=replace(facts.request, applicant=""))


OF_2023 = remedies("refused_third_party", date(2023, 9, 22), RULES)
SECRET = CitedGround("ND1", "第十四条")
SEEDED: tuple[tuple[str, str, str, Spoil], ...] = (
    ("outcome", "D11", "granted", of(outcome="special_query")),
    ("outcome", "D25", "other", of(outcome="")),
    ("ground", "D13", "refused_internal", of(grounds=())),
    ("article", "D13", "refused_process", of(grounds=(CitedGround("ND6", "第十六条"),))),
    ("article", "D13", "refused_secret", of(grounds=(CitedGround("ND9", "第十四条"),))),
    ("prohibition", "D13", "refused_forbidden", of(grounds=(CitedGround("ND2", "第十四条"),))),
    ("repealed", "D11", "granted", of(reasons="依据国务院令第492号，该信息由交通运输局制作并已竣工归档。")),
    ("no_such_article", "D17", "not_ready_made", of(reasons="《政府信息公开条例》第六十条规定的情形，需要逐份统计三个年度、二十一个标段的合同才能得出。")),
    ("reason", "D13", "refused_secret", of(reasons="依据《中华人民共和国政府信息公开条例》第十四条的规定，属于国家秘密，不予公开。")),
    ("separation", "D13", "refused_internal", of(separation=" ")),
    ("separation", "D12", "partial", of(separation="")),
    ("risk", "D13", "refused_security", of(risk="")),
    ("third_party", "D13", "refused_third_party", of(opinion=Opinion())),
    ("third_party", "D12", "partial", of(opinion=Opinion(asked_on=ON))),
    ("search", "D15", "not_found", of(search=())),
    ("responsible", "D16", "not_responsible", of(responsible=Contact("示例县交通运输局"))),
    ("remedies_absent", "D11", "granted", complaint(court="")),
    ("remedies_absent", "D13", "refused_secret", of(complaint=None)),
    ("remedies_wrong", "D13", "refused_third_party", complaint(remedies=OF_2023)),
    ("remedies_online", "D11", "granted", of(service=Service("电子送达", "a@示例", online=True))),
    ("addressee", "D11", "granted", nobody),
    ("addressee", "D06", "", of(consulted=None)),
    ("number", "D11", "granted", of(number="示政办公复(2025)05号")),
    ("number", "D11", "granted", of(number="示政办公复〔2024〕5号")),
    ("undated", "D11", "granted", of(signed_on=None)),
    ("before_receipt", "D05", "", of(signed_on=date(2025, 8, 31))),
    ("in_future", "D05", "", of(signed_on=ON + timedelta(days=1))),
    ("service", "D11", "granted", of(service=Service("邮寄（EMS）", " "))),
    ("purpose", "D03", "", of(corrections=("说明获取该信息的用途。",))),
    ("purpose", "D01", "", of(form={"所需信息的 用途": ""})),
    ("enclosure_absent", "D11", "granted", of(enclosures=(Enclosure("合同", at_hand=False),))),
    ("enclosure_promised", "D11", "granted", of(enclosures=(), material="竣工验收报告，见附件。")),
    ("part", "D20", "repeated", of(prior=None)),
    ("part", "D10", "", of(within="")),
    ("part", "D22", "", of(corrected="", reasons="")),
)  # fmt: skip


@pytest.mark.parametrize(("fault", "code", "outcome", "spoil"), SEEDED)
def test_each_seeded_fault_is_found_and_its_clean_twin_has_none(
    fault: str, code: str, outcome: str, spoil: Spoil
) -> None:
    """条例第三十六条、第三十七条，行政复议法第二十三条：预检逐项找出缺陷，完好的没有。"""
    clean = invented(code, ON, outcome)
    found = read(code, spoil(clean))
    assert (read(code, clean), {defect.code for defect in found}) == ((), {fault})
    assert all(defect.sentence and defect.basis and defect.remedy for defect in found)


@pytest.mark.parametrize("outcome", WITH_LETTER, ids=lambda outcome: outcome.code)
def test_a_whole_letter_of_every_outcome_is_clean(outcome: Outcome) -> None:
    """每种办理结果，材料齐全的文书没有缺陷。"""
    code, letter = outcome.code, outcome.letter
    assert read(letter, invented(letter, ON, code)) == ()


def test_a_whole_letter_of_every_kind_is_clean() -> None:
    """程序性文书和表单，材料齐全的也没有缺陷。"""
    assert {code: read(code, invented(code, ON)) for code in LETTERS} == dict.fromkeys(LETTERS, ())


def test_a_defect_says_what_why_and_what_to_do() -> None:
    """每条缺陷：说了什么事、哪一条、怎么办；阻碍签发。"""
    facts = replace(invented("D13", ON), separation="")
    assert read("D13", facts) == (
        Defect(
            "separation",
            "没有说明能不能区分处理。",
            "《中华人民共和国政府信息公开条例》第三十七条",
            "请写明不应当公开的内容能否与可以公开的内容分开，不能分开的写明原因。",
            blocking=True,
        ),
    )


def test_what_was_in_force_on_the_day_may_be_cited() -> None:
    """法不溯及既往：2018年签发的文书引用国务院令第492号没有错，2019年5月15日起是错的。"""
    by_number = {i.names[0]: i for i in INSTRUMENTS}
    old, new = by_number["国务院令第492号"], by_number["国务院令第711号"]
    days = (date(2019, 5, 14), date(2019, 5, 15))
    assert [(old.in_force(day), new.in_force(day)) for day in days] == [
        (True, False),
        (False, True),
    ]
    assert [number_of(n) for n in ("九", "十", "十四", "三十六", "一百零二")] == [
        9,
        10,
        14,
        36,
        102,
    ]
