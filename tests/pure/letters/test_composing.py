"""Letters as blocks: what is printed is what was said, remedies are told, nothing is left blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES, Outcome, Route
from gongkai.law.remedies import remedies
from gongkai.law.rules import Rules
from gongkai.letters.composing import LetterRefused, compose, letter_docx, letter_pdf
from gongkai.letters.facts import Enclosure, LetterFacts
from gongkai.letters.invented import invented
from gongkai.letters.wording.packaged import packaged
from gongkai.letters.wording.words import Block, Part, Words
from gongkai.paper.blocks import Line, Paragraph, Signature, Title
from gongkai.paper.fallback import GlyphMissingError
from tests.pure.letters.album import demanding, shoot
from tests.pure.letters.reading import pdf_says, said, word_says

SIGNED, BEFORE = date(2025, 9, 22), date(2023, 12, 29)
WITH_LETTER = [outcome for outcome in OUTCOMES.values() if outcome.letter]

DIRECT = (
    "如不服本决定，可以自知道本决定之日起60日内向示例县人民政府申请行政复议（{review}），"
    "也可以自知道本决定之日起6个月内直接向示例县人民法院提起行政诉讼（《行政诉讼法》第四十六条）。"
)
FIRST = (
    "如不服{what}，应当自知道本决定之日起60日内先向示例县人民政府申请行政复议"
    "（《行政复议法》（2023年修订）第二十条；{basis}）；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起15日内向示例县人民法院提起行政诉讼（《行政诉讼法》第四十五条）。"
)
OLD = DIRECT.format(review="《行政复议法》（2017年修正）第九条")
BASIS = "《行政复议法》（2023年修订）第二十三条第一款第（四）项"
TOLD = {
    Route.REFUSAL: FIRST.format(what="本决定", basis=BASIS),
    Route.PARTIAL: FIRST.format(what="本决定中不予公开的部分", basis=BASIS),
    Route.ORDINARY: DIRECT.format(review="《行政复议法》（2023年修订）第二十条"),
}


def paragraphs(code: str, facts: LetterFacts) -> list[str]:
    found = compose(code, facts, packaged(code)).blocks
    return [block.text for block in found if isinstance(block, Paragraph)]


@pytest.mark.parametrize("code", LETTERS)
def test_both_files_say_what_the_blocks_say(code: str) -> None:
    """每种文书：20 字的名称、生僻字、四页的理由，PDF 和 Word 读回来与各块一字不差，没有剩下的空。"""
    letter = compose(code, demanding(code, SIGNED), packaged(code))
    wanted, pdf = said(letter.blocks), letter_pdf(letter)
    assert (pdf_says(pdf), word_says(letter_docx(letter))) == (wanted, wanted)
    assert "{" not in wanted
    shoot(code, pdf)


@pytest.mark.parametrize("outcome", WITH_LETTER, ids=lambda outcome: outcome.code)
def test_every_decision_tells_the_ways_of_complaint_of_its_day(outcome: Outcome) -> None:
    """不变量七、行政复议法第二十三条：每种结果的文书都告知救济途径；2024年起不予公开的先复议，此前可选择。"""
    code, letter = outcome.code, outcome.letter
    found = {
        on: [text for text in paragraphs(letter, invented(letter, on, code)) if "如不服" in text]
        for on in (BEFORE, SIGNED)
    }
    assert found == {BEFORE: [OLD], SIGNED: [TOLD[OUTCOMES[code].remedies]]}


def test_no_decision_without_its_ways_of_complaint() -> None:
    """不变量七：没有复议机关和法院的，写漏了救济途径的，都不生成。"""
    facts, words = invented("D13", SIGNED), packaged("D13")
    without = Words("D13", tuple(b for b in words.blocks if b.part is not Part.REMEDIES))
    for told, used in ((replace(facts, complaint=None), words), (facts, without)):
        with pytest.raises(LetterRefused, match="缺少：“救济途径”"):
            compose("D13", told, used)


def test_everything_missing_is_named_at_once() -> None:
    """缺什么一次说全，写明是什么、去哪里补。"""
    facts = replace(invented("D03", SIGNED), corrections=(), within="")
    with pytest.raises(LetterRefused) as refused:
        compose("D03", facts, packaged("D03"))
    assert str(refused.value) == (
        "《补正告知书》还不能生成，缺少：“补正事项”（需要补正的，一次性列全）、“给对方的期限”"
        "（自收到文书次日起，补正、缴费有多少时间）。请先在案件里补齐，再生成文书。"
    )


def test_what_a_case_says_is_never_read_as_a_slot() -> None:
    """申请内容里写了花括号，照原文引用，不当作空。"""
    facts = invented("D02", SIGNED)
    facts = replace(facts, request=replace(facts.request, content="{申请人}的{查询码}"))
    assert "“{申请人}的{查询码}”" in paragraphs("D02", facts)[0]


def test_letter_has_head_and_foot_of_an_official_document() -> None:
    """GB/T 9704-2012：发文机关和标题、文号居中、主送顶格、附件、署名和成文日期。"""
    facts = replace(invented("D11", SIGNED), enclosures=(Enclosure("合同"), Enclosure("报告")))
    blocks = compose("D11", facts, packaged("D11")).blocks
    assert blocks[0] == Title(("示例县人民政府办公室", "政府信息予以公开告知书"))
    assert [b for b in blocks if isinstance(b, Line)] == [
        Line("示政办公复〔2025〕5号", "center"),
        Line("示例人甲："),
    ]
    assert blocks[-3:] == (
        Paragraph("附件：1.合同"),
        Paragraph("\u3000\u3000\u30002.报告"),
        Signature(("示例县人民政府办公室", "2025年9月22日")),
    )


def test_blocks_depend_on_facts_and_outcomes() -> None:
    """条件：有、没有某一项，或者某一种结果时才印；理由分段照印，逐项列出编序号。"""
    facts = replace(
        invented("D19", SIGNED, "petition"), reasons="甲。\n乙。", corrections=("一", "二")
    )
    blocks = (
        Block(Part.PARAGRAPH, "{理由}", when="结果:petition"),
        Block(Part.PARAGRAPH, "{理由}", when="结果:reissue"),
        Block(Part.PARAGRAPH, "没有收费", unless="收费金额"),
        Block(Part.PARAGRAPH, "收费", when="收费金额"),
        Block(Part.LIST, "{补正事项}"),
        Block(Part.REMEDIES, "{救济途径}"),
    )
    made = compose("D19", facts, Words("D19", blocks)).blocks
    assert [b.text for b in made if isinstance(b, Paragraph)][:5] == [
        "甲。",
        "乙。",
        "没有收费",
        "1.一",
        "2.二",
    ]


def test_online_service_tells_where_to_apply_online() -> None:
    """行政复议法第二十二条第二款：写了在线复议途径的，印在救济途径后面。"""
    facts = invented("D13", SIGNED)
    assert facts.complaint is not None
    online = replace(facts.complaint, online="https://fuyi.example/")
    (told,) = [t for t in paragraphs("D13", replace(facts, complaint=online)) if "如不服" in t]
    assert told == TOLD[Route.REFUSAL] + "在线申请行政复议的途径：https://fuyi.example/。"


def test_a_character_no_font_has_is_named() -> None:
    """没有字形的字不印方框：说出是哪个字。"""
    facts = invented("D02", SIGNED)
    facts = replace(facts, request=replace(facts.request, applicant="示例\U0001f600"))
    with pytest.raises(GlyphMissingError, match="U\\+1F600"):
        letter_pdf(compose("D02", facts, packaged("D02")))


def test_invented_remedies_are_the_laws_own() -> None:
    """示例案件的救济途径就是法律推算的，不是手写的。"""
    facts = invented("D12", SIGNED)
    assert facts.complaint is not None
    assert facts.complaint.remedies == remedies("partial", SIGNED, Rules.national(SIGNED))


@pytest.mark.parametrize("outcome", WITH_LETTER, ids=lambda outcome: outcome.code)
def test_every_decision_names_its_article(outcome: Outcome) -> None:
    """条例第三十六条：每种结果的文书写明所依据的条、款、项；不予公开的按每一部分写明。"""
    facts = invented(outcome.letter, SIGNED, outcome.code)
    told = "".join(paragraphs(outcome.letter, facts))
    wanted = [one.article for one in facts.grounds] or [outcome.article.partition("、")[0]]
    assert [article for article in wanted if article not in told] == []


@pytest.mark.parametrize("brought", ["", "。"])
def test_a_sentence_ends_once(brought: str) -> None:
    """案件里写的理由带不带句号，印出来都只有一个。"""
    facts = replace(invented("D17", SIGNED), reasons=f"需要逐份摘录{brought}")
    assert paragraphs("D17", facts)[1].endswith("理由：需要逐份摘录。")
