"""一张文书表：代码、什么时候写、给谁、送达以后怎样，都只在这里；别处按名字取用，手册印的就是它。"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.law.errors import OutcomeError
from gongkai.law.intervals import Kind
from gongkai.law.letters import ENQUIRIES, LETTERS, SERVED_AS, To, code_of
from gongkai.law.outcomes import OUTCOMES
from gongkai.letters.wording.packaged import series_of

_ROOT = Path(__file__).parents[3]
_SOURCE = _ROOT / "src" / "gongkai"
_CODE = re.compile(r"[\"']D\d\d[\"']")
_MAY = {Path("letters/invented.py")}
"""Samples for each letter, by its code."""


def _row(code: str) -> str:
    letter, series = LETTERS[code], series_of(code)
    ended = "；".join(one.title for one in OUTCOMES.values() if one.letter == code)
    word, told = series.word if series else "不编", "告知" if letter.remedy_clause else "—"
    after = SERVED_AS.get(letter.served_as, "—")
    cells = (f"[{code}](#{code.lower()})", letter.title, letter.when or ended, word, told, after)
    return f"| {' | '.join(cells)} |"


def test_the_manual_prints_the_table_the_program_reads() -> None:
    """law.md 4.4：每种文书的代码、名称、什么时候用、文号、救济途径、送达以后，与手册一行不差。"""
    lines = (_ROOT / "docs" / "letters.md").read_text("utf-8").splitlines()
    assert [line for line in lines if "](#d" in line] == [_row(code) for code in LETTERS]


def test_each_letter_has_an_occasion_a_reader_and_an_effect_it_knows() -> None:
    """law.md 4.4：有处理结果的由结果说什么时候用，其他的写明；送达的后果都在表里，没有多余的。"""
    ended = {one.letter for one in OUTCOMES.values()}
    assert [code for code, one in LETTERS.items() if bool(one.when) is (code in ended)] == []
    assert {one.served_as for one in LETTERS.values()} == {"", *SERVED_AS}
    assert len({one.name for one in LETTERS.values()}) == len(LETTERS)
    others = {code: one.to for code, one in LETTERS.items() if one.to is not To.APPLICANT}
    assert others == {
        "D01": To.FILE,
        "D06": To.THIRD_PARTY,
        "D08": To.CO_MAKER,
        "D09": To.THIRD_PARTY,
        "D23": To.FILE,
        "D26": To.ASKED,
        "D27": To.OTHER_ORGAN,
    }


def test_whom_is_asked_has_the_letter_of_the_article() -> None:
    """条例第三十二条、第三十四条、第三十三条：第三方、共同制作机关、其他机关各有各的征求意见书。"""
    assert {
        Kind.THIRD_PARTY.value: "D06",
        Kind.CO_MAKER.value: "D08",
        Kind.OTHER_ORGAN.value: "D27",
    } == ENQUIRIES


def test_no_room_keeps_a_code_of_its_own() -> None:
    """文书代码不写在别处；名字写错，程序起不来。"""
    found = [
        path.relative_to(_SOURCE)
        for path in _SOURCE.rglob("*.py")
        if "migrations" not in path.parts and _CODE.search(path.read_text("utf-8"))
    ]
    assert set(found) == _MAY
    with pytest.raises(OutcomeError, match="没有“receit”这种文书"):
        code_of("receit")
