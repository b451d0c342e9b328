"""办理结果词表：条款、文书、办结条件、报告行一一对应。"""

from __future__ import annotations

import pytest

from gongkai.law.applicants import CLASSES, applicant_class
from gongkai.law.duties import ARTICLE_20, ARTICLE_21, Level, duties_of
from gongkai.law.errors import OutcomeError
from gongkai.law.grounds import GROUNDS, Force, ground
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import (
    OUTCOMES,
    REQUIREMENTS,
    ROW_TITLES,
    ROWS,
    Route,
    outcomes_in,
    requirements,
    row_of,
    unmet,
)

LEAVES = (
    "r1",
    "r2",
    *(f"r3_{n}" for n in range(1, 9)),
    *(f"r4_{n}" for n in range(1, 4)),
    *(f"r5_{n}" for n in range(1, 6)),
    *(f"r6_{n}" for n in range(1, 4)),
)
SEVERAL = {"r1": 2, "r4_1": 2, "r6_3": 3}

EVIDENCE = {
    "not_found": ("search_record",),
    "not_responsible": ("responsible_organ",),
    "refused_third_party": ("ground", "third_party"),
    "refused_security": ("ground", "risk"),
    "still_unclear": ("correction_notice", "corrected_request"),
    "not_corrected": ("correction_notice",),
    "fee_unpaid": ("fee_notice",),
    "excessive": ("reason_request",),
    "repeated": ("prior_reply",),
    "withdrawn": ("withdrawal",),
}


def test_all_21_leaves_are_reached_exactly() -> None:
    """表三 21 个末级行各有结果对应；r1、r4_1 各两种，r6_3 三种，其余一种。"""
    assert ROWS == LEAVES
    assert {row: len(outcomes_in(row)) for row in ROWS} == {
        row: SEVERAL.get(row, 1) for row in ROWS
    }
    assert {outcome.row for outcome in OUTCOMES.values()} == set(ROWS)
    assert all(ROW_TITLES.values())


def test_row_4_1_holds_two_outcomes_with_different_duties() -> None:
    """第三十六条第（四）项须有检索记录；第（五）项须写明负责机关或者不能确定的理由。"""
    found = {outcome.article: outcome.requires for outcome in outcomes_in("r4_1")}
    assert found == {
        "第三十六条第（四）项": ("search_record",),
        "第三十六条第（五）项": ("responsible_organ",),
    }


@pytest.mark.parametrize(("code", "needs"), EVIDENCE.items())
def test_closing_requirements(code: str, needs: tuple[str, ...]) -> None:
    assert tuple(need.code for need in requirements(code)) == needs
    assert tuple(need.code for need in unmet(code, [])) == needs


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("not_responsible", "responsible_organ"),
        ("not_responsible", "organ_undeterminable"),
        ("not_found", "search_record"),
        ("repeated", "prior_reply"),
    ],
)
def test_any_one_fact_meets_a_requirement(code: str, fact: str) -> None:
    assert unmet(code, {fact}) == ()
    assert unmet(code, {"something_else"}) == requirements(code)


def test_third_party_refusal_needs_the_opinion_or_a_reason() -> None:
    """第三十二条：征求过意见，或者记明不征求的理由。"""
    missing = {
        fact: [need.code for need in unmet("refused_third_party", {"ground", fact})]
        for fact in ("third_party_opinion", "third_party_not_asked", "search_record")
    }
    assert missing == {
        "third_party_opinion": [],
        "third_party_not_asked": [],
        "search_record": ["third_party"],
    }


def test_severed_reply_needs_what_the_refused_part_needs() -> None:
    """第三十七条：部分公开，不予公开的部分按其理由提供依据。"""
    parts = [ground("ND4").outcome]
    codes = [need.code for need in requirements("partial", parts)]
    assert codes == ["material", "ground", "third_party"]
    assert [need.code for need in requirements("partial")] == ["material", "ground"]


def test_every_word_resolves() -> None:
    """词表自洽：文书、要件都存在，且都被用到。"""
    for outcome in OUTCOMES.values():
        assert set(outcome.requires) <= set(REQUIREMENTS)
        assert outcome.letter in LETTERS or outcome.code == "withdrawn"
    used = {need for outcome in OUTCOMES.values() for need in outcome.requires}
    assert used == set(REQUIREMENTS)
    assert list(LETTERS) == [f"D{n:02d}" for n in range(1, 28)]


def test_no_decision_letter_without_its_remedy_clause() -> None:
    """发给申请人的决定文书都要告知救济途径；撤回没有文书，也没有救济。"""
    told = {o.code: o.letter != "" and LETTERS[o.letter].remedy_clause for o in OUTCOMES.values()}
    assert told == {o.code: o.remedies is not Route.NONE for o in OUTCOMES.values()}


def test_refusal_route_is_exactly_articles_14_to_16() -> None:
    """复议前置的不予公开，是第十四条至第十六条的七种，不含行政查询事项。"""
    refusals = [o.row for o in OUTCOMES.values() if o.remedies is Route.REFUSAL]
    assert refusals == [f"r3_{n}" for n in range(1, 8)]


def test_unknown_words_are_refused_in_chinese() -> None:
    with pytest.raises(OutcomeError, match="没有“granted_all”这种办理结果"):
        row_of("granted_all")
    with pytest.raises(OutcomeError, match="没有“ND9”这种不予公开的理由"):
        ground("ND9")
    with pytest.raises(OutcomeError, match="没有“tot”这种申请人类别"):
        applicant_class("tot")


def test_grounds_lead_to_their_rows() -> None:
    """八种理由依次对应（三）的八行；结果与行一致。"""
    assert [entry.row for entry in GROUNDS.values()] == [f"r3_{n}" for n in range(1, 9)]
    assert list(GROUNDS) == [f"ND{n}" for n in range(1, 9)]
    assert [row_of(entry.outcome) for entry in GROUNDS.values()] == [
        entry.row for entry in GROUNDS.values()
    ]
    assert [entry.force for entry in GROUNDS.values()] == [
        *[Force.MUST] * 3,
        Force.CONDITIONAL,
        *[Force.MAY] * 3,
        Force.REDIRECT,
    ]
    assert all(entry.force.label for entry in GROUNDS.values())


def test_six_applicant_classes() -> None:
    """表三六类申请人；只有自然人凭身份证件，其余须有授权。"""
    assert {key: entry.label for key, entry in CLASSES.items()} == {
        "nat": "自然人",
        "com": "商业企业",
        "res": "科研机构",
        "ngo": "社会公益组织",
        "law": "法律服务机构",
        "oth": "其他",
    }
    assert [key for key, entry in CLASSES.items() if not entry.organisation] == ["nat"]
    assert all(("授权" in e.identity) == e.organisation for e in CLASSES.values())


def test_duties_of_articles_20_and_21() -> None:
    """第二十条 15 项；第二十一条县级加 7 项，乡镇加 8 项。"""
    assert [duty.code for duty in ARTICLE_20] == [f"20.{n}" for n in range(1, 16)]
    assert len(duties_of(Level.COUNTY)) == 15 + 7
    assert len(duties_of(Level.TOWNSHIP)) == 15 + 8
    assert duties_of(None) == ARTICLE_20
    codes = [duty.code for duty in (*ARTICLE_20, *ARTICLE_21)]
    assert sorted(codes) == sorted(set(codes))
    assert ARTICLE_20[6].title == "财政预算、决算信息"
