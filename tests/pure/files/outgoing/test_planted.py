"""Everything that was planted is found, and nothing in the same file without it (条例第十四条至第十七条、个人信息保护法)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.files.outgoing.concern import Concern, ConcernKind
from gongkai.files.outgoing.examine import examine
from gongkai.paper.blocks import Cell, Document, Paragraph, Row, Table, Title
from gongkai.paper.pdf import render_pdf
from gongkai.paper.word import render_docx
from tests.pure.files.made import changed, old_office, zipped
from tests.pure.files.outgoing import planted_excel, planted_pdf, planted_word
from tests.pure.files.outgoing.planted_excel import EXCEL
from tests.pure.files.outgoing.planted_pdf import PDF
from tests.pure.files.outgoing.planted_pictures import JPEG, PNG, photograph, taken_at
from tests.pure.files.outgoing.planted_word import WORD, Pair

FILES = {"a.docx": WORD, "a.xlsx": EXCEL, "a.pdf": PDF, "a.jpg": JPEG, "a.png": PNG}


def kinds(data: bytes, name: str) -> set[str]:
    return {one.kind.value for one in examine(data, name)}


def cases() -> Iterator[object]:
    for name, pairs in FILES.items():
        for title, pair in pairs.items():
            yield pytest.param(name, pair, id=f"{name[2:]}-{title}")


@pytest.mark.parametrize(("name", "pair"), [*cases()])
def test_what_is_planted_is_found(name: str, pair: Pair) -> None:
    """埋一样、查出一样；去掉它，同一个文件什么也查不出。"""
    kind, bad, clean = pair
    assert (kinds(bad, name), kinds(clean, name)) == ({kind}, set())


def test_every_kind_is_planted_somewhere() -> None:
    """检查的每一项都有一个埋好的文件或者一段埋好的文字。"""
    of_files = {pair[0] for pairs in FILES.values() for pair in pairs.values()}
    of_texts = {"id_number", "bank_card", "phone", "plate", "passport", "email", "landline"}
    refused = {"unreadable", "container", "not_examined"}
    assert of_files | of_texts | refused == {kind.value for kind in ConcernKind}


def test_what_the_office_prints_itself_is_clean() -> None:
    """本系统印出的告知书，Word 和 PDF，除作者（机关名称）外什么也查不出。"""
    letter = Document(
        "告知书",
        "示例县人民政府办公室",
        (
            Title(("政府信息公开告知书",)),
            Paragraph("示公开申〔2024〕1号。一一答复如下：111、lIl、二〇二四年十一月二十一日。"),
            Table((40, 40), (Row((Cell("东河镇"), Cell("12"))),), 10.5),
        ),
    )
    printed = (("a.docx", render_docx(letter)), ("a.pdf", render_pdf(letter)))
    assert [kinds(data, name) for name, data in printed] == [{"metadata"}, {"metadata"}]


def test_a_photograph_inside_a_word_file_is_looked_at() -> None:
    """Word 里的照片同样查拍摄地点。"""
    photo = photograph(taken_at)
    assert kinds(
        planted_word.word(planted_word.PLAIN, {"word/media/image1.jpg": photo}), "a.docx"
    ) == {"location"}


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (zipped({"a.txt": "甲"}), "a.zip", "container"),
        (old_office("WordDocument"), "a.doc", "not_examined"),
        (old_office("Workbook"), "a.xls", "not_examined"),
        (zipped({"OFD.xml": "<ofd/>"}), "a.ofd", "not_examined"),
        (b"", "a.pdf", "unreadable"),
        (b"MZ" + b"\x00" * 99, "a.exe", "unreadable"),
        (planted_pdf.page(planted_pdf.TEXT)[:200], "a.pdf", "unreadable"),
        (planted_pdf.page(planted_pdf.TEXT, planted_pdf.poster), "a.pdf", "unreadable"),
        (planted_word.word(planted_word.PLAIN)[:300], "a.docx", "unreadable"),
        (planted_word.word(planted_word.PLAIN), "a.pdf", "unreadable"),
        (zipped({"a.txt": b"0" * 30_000_000}), "a.zip", "unreadable"),
        (planted_word.word("", {"word/styles.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "a.docx", "unreadable"),
        (planted_word.word("<w:p>" * 5000 + "</w:p>" * 5000), "a.docx", "unreadable"),
        (changed(planted_excel.book(), {"xl/workbook.xml": ("schemas.openxmlformats.org/spreadsheetml", "purl.oclc.org/ooxml/spreadsheetml")}), "a.xlsx", "unreadable"),
        (old_office("EncryptedPackage"), "a.docx", "unreadable"),
        (photograph()[:60], "a.jpg", "unreadable"),
    ],
)  # fmt: skip
def test_hostile_files_are_held(data: bytes, name: str, kind: str) -> None:
    """坏的、锁的、炸弹、说谎的、压缩包：都挡住，用中文说明怎么办，不出错。"""
    found = examine(data, name)
    assert {one.kind.value for one in found} == {kind}
    assert all(one.blocking and one.todo for one in found)


def test_many_of_a_kind_are_counted() -> None:
    """同一种只列三十处，其余写明数目。"""
    lines = "\n".join(f"1380013{n:04d}" for n in range(100)).encode()
    found = examine(lines, "a.txt")
    assert len(found) == 31
    assert found[-1] == Concern(ConcernKind.PHONE, "另外还有 70 处")
