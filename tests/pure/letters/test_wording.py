"""Wording: the packaged files are whole, a slip in one is named at start-up, a county's own is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.letters import LETTERS
from gongkai.letters.slots import SLOTS
from gongkai.letters.wording import packaged as files
from gongkai.letters.wording.checking import Problem, check_packaged, problems
from gongkai.letters.wording.packaged import WordingError, duty, packaged, series_of
from gongkai.letters.wording.stored import read, written
from gongkai.letters.wording.words import Block, Part

ON = date(2025, 9, 22)


def test_packaged_wording_is_whole_and_every_slot_is_used() -> None:
    """附带的文字自洽；每个空至少有一种文书用到。"""
    check_packaged()
    used = {name for code in LETTERS for name in packaged(code).slots()}
    conditions = {b.when or b.unless for code in LETTERS for b in packaged(code).blocks}
    assert set(SLOTS) - used - conditions == set()


def test_a_slip_in_a_packaged_file_is_named_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """启动时检查：附带文字里有不认识的空，说出文件和空的名字。"""
    here = Path(files.__file__).parent
    for path in here.glob("*.toml"):
        text = path.read_text("utf-8")
        if path.name == "D13.toml":
            text = text.replace("关于区分处理：", "关于{区分}：")
        (tmp_path / path.name).write_text(text, "utf-8")
    monkeypatch.setattr(files, "_HERE", tmp_path)
    packaged.cache_clear()
    try:
        with pytest.raises(WordingError) as wrong:
            check_packaged()
    finally:
        packaged.cache_clear()
    told = "wording/D13.toml：没有“{区分}”这个空，请从“可以用的空”里选。"
    assert str(wrong.value) == told


def test_which_letters_bear_a_number_is_data() -> None:
    """答复、告知、函件各一个序列；登记表、回执、回证、确认函不编号。"""
    words = {code: found.word if (found := series_of(code)) else "" for code in LETTERS}
    assert [code for code, word in words.items() if not word] == ["D01", "D02", "D23", "D26"]
    assert (words["D13"], words["D03"], words["D06"]) == ("公复", "公告", "公函")
    decisions = {code for code, letter in LETTERS.items() if letter.remedy_clause}
    assert {code for code, word in words.items() if word == "公复"} == decisions


def _with(block: Block, at: int = 3) -> list[Block]:
    blocks = list(packaged("D13").blocks)
    return [*blocks[:at], block, *blocks[at:]]


def _without(part: Part) -> list[Block]:
    return [block for block in packaged("D13").blocks if block.part is not part]


PARAGRAPH = Part.PARAGRAPH
WRONG: tuple[tuple[list[Block], str, int | None], ...] = (
    (_with(Block(PARAGRAPH, "{申请人们}")), "没有“{申请人们}”这个空，请从“可以用的空”里选。", 3),
    (_with(Block(PARAGRAPH, "{申请人")), "花括号没有成对，请写成 {申请人} 的样子。", 3),
    (_with(Block(PARAGRAPH, " ")), "“段落”没有写文字，请填写，或者清空这一行的种类。", 3),
    (_with(Block(PARAGRAPH, "甲\x08乙")), "文字里有看不见的控制字符，请删去后重新键入。", 3),
    (_with(Block(PARAGRAPH, "请说明用 途。")), "不能要求申请人说明用途（条例第二十九条没有规定），请删去。", 3),
    (_with(Block(PARAGRAPH, "{检索记录}")), "“{检索记录}”要单独成块，印成表格，不能写在“段落”里。", 3),
    (_with(Block(Part.LIST, "有：{补正事项}")), "“逐项列出”里只写一个单独成块，逐项列出的空，不写别的。", 3),
    (_with(Block(PARAGRAPH, "甲", when="无此")), "条件里没有“无此”这个空，请重新选择。", 3),
    (_with(Block(PARAGRAPH, "甲", when="结果:granted")), "条件里的办理结果不用这一种文书，请重新选择。", 3),
    (_with(Block(PARAGRAPH, "甲", when="理由", unless="区分处理")), "一块只能有一个条件，请分成两块。", 3),
    (_with(Block(PARAGRAPH, "依据国务院令第492号")), "引用的《中华人民共和国政府信息公开条例》（2007年公布）在启用之日不是有效依据，应引用《中华人民共和国政府信息公开条例》（国务院令第711号）。", 3),
    (_without(Part.REMEDIES), "决定类文书必须告知救济途径，而且只告知一次：应当有一块“{救济途径}”（不变量七）。", None),
    (_without(Part.NUMBER), "这种文书编文号，应当有一块“文号”，只有一块。", None),
    (_without(Part.ADDRESSEE), "缺少称呼“{申请人}：”，请加上一块“称呼”。", None),
    (_without(Part.SIGNATURE), "最后一块应当是“署名和日期”。", None),
    (_without(Part.TITLE), "第一块应当是标题，而且只有一个标题。", None),
    (_without(Part.LIST), "《不予公开告知书》必须写明每一部分不公开的理由和条款，缺少“{不予公开依据}”，请加上。", None),
    ([replace(b, when="理由") if b.part is Part.REMEDIES else b for b in packaged("D13").blocks], "救济途径不能附条件，请把它的条件改为“总是”。", None),
)  # fmt: skip


@pytest.mark.parametrize(("blocks", "sentence", "row"), WRONG)
def test_what_is_wrong_in_a_wording_is_said(
    blocks: list[Block], sentence: str, row: int | None
) -> None:
    """县里改文字：空、条件、必备内容、救济途径、失效依据，哪里不对说哪里。"""
    assert problems("D13", blocks, ON) == (Problem(sentence, row),)


def test_a_notice_tells_no_ways_of_complaint() -> None:
    """补正告知书是程序性的，不告知救济途径。"""
    blocks = list(packaged("D03").blocks)
    blocks.insert(3, Block(Part.REMEDIES, "{救济途径}"))
    told = "《补正告知书》不是决定，不告知救济途径，请删去“{救济途径}”。"
    assert problems("D03", blocks, ON) == (Problem(told),)


def test_a_third_party_is_not_told_who_asked() -> None:
    """条例第三十二条、个人信息保护：征求意见书、确认函、告知第三方书不写申请人是谁。"""
    for code in ("D06", "D09", "D26"):
        blocks = list(packaged(code).blocks)
        blocks.insert(1, Block(PARAGRAPH, "申请人：{申请人}"))
        told = (
            f"《{LETTERS[code].title}》发给别人，不能写明申请人的姓名或者名称，请删去“{{申请人}}”。"
        )
        assert problems(code, blocks, ON) == (Problem(told),)


def test_what_is_stored_is_what_was_worded() -> None:
    """各块写进数据库再读出来，一块不差；相同的文字字节相同。"""
    for code in LETTERS:
        blocks = packaged(code).blocks
        assert (read(written(blocks)), duty(code).code) == (blocks, code)
