"""Personal data wherever it stands in a file (个人信息保护法第四条, GB 11643)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.files.outgoing.concern import Concern, ConcernKind
from gongkai.files.outgoing.examine import examine
from gongkai.files.outgoing.personal import find_personal, with_everything_masked
from gongkai.text.masking import Kind
from gongkai_demo.id_numbers import id_number
from tests.pure.files.outgoing.planted_excel import book, shared
from tests.pure.files.outgoing.planted_pdf import page
from tests.pure.files.outgoing.planted_word import part, run, said, word

NUMBER = id_number(1)
MASKED = "00*************" + NUMBER[-3:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"身份证{NUMBER}。", [(Kind.ID_NUMBER, MASKED)]),
        ("000000800101001", [(Kind.ID_NUMBER, "00**********001")]),
        (" ".join(NUMBER), [(Kind.ID_NUMBER, MASKED)]),
        (NUMBER[:6] + "\u200b" + NUMBER[6:], [(Kind.ID_NUMBER, MASKED)]),
        (NUMBER[:10] + "\n" + NUMBER[10:], [(Kind.ID_NUMBER, MASKED)]),
        (NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"), []),
        ("电话13800138000", [(Kind.PHONE, "138****8000")]),
        ("6222000000000000003", []),
        ("4111 1111 1111 1111", [(Kind.BANK_CARD, "************1111")]),
        ("豫R12345", [(Kind.PLATE, "豫R*****")]),
        ("豫RD12345", [(Kind.PLATE, "豫R******")]),
        ("新ABCDEF", []),
        ("护照E12345678", [(Kind.PASSPORT, "E******78")]),
        ("zhangsan@example.cn", [(Kind.EMAIL, "z****@example.cn")]),
        ("0377-69660000", [(Kind.LANDLINE, "037*******00")]),
        ("统一社会信用代码 91350100M000100Y43", []),
        ("示公开申〔2024〕1号，2024年12月31日，1158.4432万元", []),
    ],
)  # fmt: skip
def test_personal_data_is_told_from_other_numbers(text: str, found: list[tuple[Kind, str]]) -> None:
    """有校验位的验校验位，拆开、断行、夹着看不见的字符都认得；信用代码、文号、金额不是。"""
    assert find_personal(text) == found


def test_masks_leave_no_number() -> None:
    """结果里只有遮盖过的号码。"""
    assert with_everything_masked(f"张三 {NUMBER} 豫R12345") == f"张三 {MASKED} 豫R*****"


_OTHER = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Nd", "Nl", "No", "Zl", "Zp", "Cn", "Co"]
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(_OTHER, _OTHER, st.lists(st.integers(1, 17), max_size=4, unique=True), st.integers(0, 999))
def test_an_identity_number_is_found_wherever_it_stands(
    before: str, after: str, cuts: list[int], n: int
) -> None:
    """任意文字里放一个真校验位的号码，Word 拆成几段、Excel 共享文字、纯文本，都查得出。"""
    number = id_number(n)
    ends = [0, *sorted(cuts), len(number)]
    pieces = [before, *(number[a:b] for a, b in itertools.pairwise(ends)), after]
    safe = [one.replace("&", "").replace("<", "").replace("\ufffe", "").replace("\uffff", "") for one in pieces]  # fmt: skip
    text = "".join(safe)
    runs = "".join(f'<r><t xml:space="preserve">{one}</t></r>' for one in safe)
    files = [
        (word(said(*map(run, safe))), "a.docx", "正文第 1 段"),
        (book(lambda made, sheet: setattr(sheet["C3"], "value", "'" + text)), "a.xlsx", "工作表“汇总”!C3"),
        (shared(f"<si>{runs}</si>"), "a.xlsx", "工作表“汇总”!A1"),
        (text.encode(), "a.txt", "第 1 行"),
    ]  # fmt: skip
    shown = f"{number[:2]}{'*' * 13}{number[-3:]}"
    for data, name, where in files:
        assert Concern(ConcernKind.ID_NUMBER, where, shown) in examine(data, name)


@pytest.mark.parametrize(
    ("data", "name", "where"),
    [
        (word("<w:tbl><w:tr>" + "".join(f"<w:tc>{said(run(one))}</w:tc>" for one in NUMBER) + "</w:tr></w:tbl>"), "a.docx", "正文第 1 段"),
        (word(said(f"<w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del>")), "a.docx", "正文第 1 段"),
        (word(said(run("甲")), {"word/footnotes.xml": part("footnotes", said(run(NUMBER)))}), "a.docx", "脚注第 1 段"),
        (book(lambda made, sheet: sheet.append(list(NUMBER))), "a.xlsx", "工作表“汇总”第 3 行"),
        (book(lambda made, sheet: setattr(sheet.oddFooter.center, "text", NUMBER)), "a.xlsx", "工作表“汇总”的页眉、页脚"),
        (page(f"BT /F 12 Tf 20 100 Td ({NUMBER}) Tj ET"), "a.pdf", "第 1 页"),
        (word(said(f'<w:r><w:drawing><wp:inline><wp:docPr descr="{NUMBER}"/></wp:inline></w:drawing></w:r>')), "a.docx", "正文里图片、链接的说明"),
        ("甲".encode(), f"{NUMBER}.txt", "文件名"),
    ],
)  # fmt: skip
def test_every_place_of_a_file_is_read(data: bytes, name: str, where: str) -> None:
    """一格一字的表格、删掉的字、页脚、PDF、文件名：哪里都看。"""
    assert Concern(ConcernKind.ID_NUMBER, where, MASKED) in examine(data, name)


def test_numbers_kept_as_numbers_are_read() -> None:
    """Excel 里按数值存的手机号码也查得出。"""
    data = book(lambda made, sheet: sheet.append([13800138000]))
    assert examine(data, "a.xlsx") == (
        Concern(ConcernKind.PHONE, "工作表“汇总”!A3", "138****8000"),
    )
