"""Official documents as PDF: what is printed is what was said, tagged, and the same every time."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import threading
from contextlib import closing
from importlib import import_module
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.paper import fallback, pdf
from gongkai.paper.blocks import (
    Block,
    Cell,
    Heading,
    Line,
    Note,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
)
from gongkai.paper.fallback import Font, GlyphMissingError
from gongkai.paper.lettering import FONTS, packaged_characters, printable
from gongkai.paper.pdf import render_pdf
from tests.pure.paper.documents import ALL_BLOCKS, LONG_TABLE, MERGED, document

pypdfium2: Any = import_module("pypdfium2")  # it carries no types
INSTRUCTIONS = [
    *("#panic()", "$x^2$", "*b*", "_u_", "<label>", "@ref", "\\", "\\#", "= 标题", "- 项", "+ 项"),
    *(
        "1. 项",
        "/ 词: 义",
        "`code`",
        "// 注",
        "/* 注 */",
        "~",
        "--",
        "...",
        "[a]",
        "{b}",
        "'q' \"d\"",
    ),
    *(
        "https://a.gov.cn/x?y=1&z=%20",
        "#let x = 1",
        "#set page(width: 1pt)",
        "sys.inputs",
        "a" * 200,
    ),
]


def printed(data: bytes) -> list[str]:
    """The text of each page without white space, in the order in which it was set.

    The library gives U+FFFE for a hyphen at the end of a line.
    """
    with closing(pypdfium2.PdfDocument(data)) as found:
        pages = [page.get_textpage().get_text_range() for page in found]
    return ["".join(text.replace("\ufffe", "-").split()) for text in pages]


def squeezed(text: str) -> str:
    return "".join(printable(text).split())


@settings(max_examples=40)
@given(st.lists(st.sampled_from(INSTRUCTIONS) | st.text("县，。“”#$*\\<>@=-+1a ", max_size=30)))
@example(INSTRUCTIONS)
def test_text_is_printed_and_never_obeyed(texts: list[str]) -> None:
    """排版指令样的文字在标题、正文、注、单元格里都照印。"""
    text = " ".join(texts)
    table = Table((50, 106), (Row((Cell("x"), Cell(text))),), 9)
    blocks = (Title((text,)), Heading(text), Note(text), Paragraph(text), table)
    pages = printed(render_pdf(document(*blocks)))
    numbers = [f"—{number}—" for number in range(1, len(pages) + 1)]
    body = "".join(p.removesuffix(n) for p, n in zip(pages, numbers, strict=True))
    assert body == squeezed(text) * 4 + "x" + squeezed(text)


def test_same_document_gives_the_same_bytes_and_only_its_own_date() -> None:
    """同一份文件两次生成，字节相同；日期是文件的日期，没有日期就不写。"""
    made = render_pdf(document(*ALL_BLOCKS))
    assert render_pdf(document(*ALL_BLOCKS)) == made
    with pikepdf.open(io.BytesIO(made)) as found:
        assert str(found.docinfo.CreationDate).startswith("D:20250120000000")
    with pikepdf.open(io.BytesIO(render_pdf(document(*ALL_BLOCKS, day=None)))) as found:
        assert "/CreationDate" not in found.docinfo


def test_pdf_is_tagged_chinese_and_titled() -> None:
    """有结构标签、语言、标题，打开时显示标题；A4；只嵌入随附的字体。"""
    with pikepdf.open(io.BytesIO(render_pdf(document(*ALL_BLOCKS)))) as found:
        root = found.Root
        assert str(root.Lang) == "zh-CN"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(found.docinfo.Title) == "青禾县人民政府关于试验的通知"
        assert [round(float(x)) for x in found.pages[0].MediaBox] == [0, 0, 595, 842]
        kinds = {str(one.get("/S")) for one in found.objects if _is_element(one)}
        assert {"/Table", "/TR", "/TD", "/H1", "/H2", "/H3", "/P"} <= kinds
        fonts = {str(f.BaseFont) for f in found.objects if _is_font(f)}
        assert {name.partition("+")[2].removesuffix("-Identity-H") for name in fonts} == {
            "GongkaiSerifSC-Regular"
        }


def _is_element(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"


def _is_font(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"


def test_file_inside_is_data_of_the_document() -> None:
    """附件按 /Data 关系附在文件上。"""
    with pikepdf.open(io.BytesIO(render_pdf(document(Paragraph("正文"))))) as found:
        one = found.attachments["data.json"]
        assert (one.get_file().read_bytes(), one.description) == (b'{"a": 1}', "数据")
        assert [str(f.AFRelationship) for f in found.Root.AF] == ["/Data"]


def test_long_table_repeats_its_head_on_every_page() -> None:
    """跨页的表，每页都有表头，行不断开，一行不少。"""
    with pdfplumber.open(io.BytesIO(render_pdf(document(LONG_TABLE)))) as found:
        tables = [page.extract_tables()[0] for page in found.pages]
    assert len(tables) > 2
    assert {tuple(map(tuple, one[:2])) for one in tables} == {
        (("类别", "情况", None), (None, "甲", "乙"))
    }
    rows = [row for one in tables for row in one[2:]]
    assert rows == [[f"第{n}行", str(n), str(n * n)] for n in range(80)]


def test_table_that_fits_a_page_is_not_torn() -> None:
    """放得进一页的表不拆开，标题跟着表走。"""
    filling = [Paragraph("一行。")] * 20
    pages = printed(render_pdf(document(*filling, Heading("二、表"), MERGED)))
    assert pages[1] == "二、表一1大类二2合计3—2—"


def test_cell_longer_than_a_page_goes_on_overleaf() -> None:
    """一格里的文字超过一页，接着印到下一页，不印出纸外。"""
    text = "".join(chr(0x4E00 + n) for n in range(3000))
    pages = printed(render_pdf(document(Table((78, 78), (Row((Cell("x"), Cell(text))),), 12))))
    body = "".join(page.removesuffix(f"—{n}—") for n, page in enumerate(pages, 1))
    assert sorted(body) == sorted(f"x{text}")


def test_page_numbers_stand_on_the_outer_side() -> None:
    """单页页码居右空一字，双页居左空一字（GB/T 9704-2012，7.5）。"""
    data = render_pdf(document(*[Paragraph("一行。")] * 30))
    with pdfplumber.open(io.BytesIO(data)) as found:
        places = [page.search("—.*—")[0] for page in found.pages]
    right = (210 - 26) * 72 / 25.4 - 14
    left = 28 * 72 / 25.4 + 14
    assert [one["text"] for one in places] == ["— 1 —", "— 2 —"]
    assert places[0]["x1"] == pytest.approx(right, abs=3)
    assert places[1]["x0"] == pytest.approx(left, abs=3)


def test_a_page_has_twenty_two_lines() -> None:
    """每面 22 行，行距 28 磅，版心 156 毫米。"""
    data = render_pdf(document(*[Paragraph("县" * 27)] * 23))
    with pdfplumber.open(io.BytesIO(data)) as found:
        lines = found.pages[0].extract_text_lines()[:-1]
        tops = sorted({round(line["top"]) for line in lines})
    assert len(tops) == 22
    assert {round(b - a) for a, b in itertools.pairwise(tops)} == {28}


def test_signature_stands_at_the_right_and_never_alone() -> None:
    """署名和成文日期在右，互相居中；换页时上一段的末行跟着走（GB/T 9704-2012，7.3.5）。"""
    blocks: list[Block] = [Line("某某局："), *[Paragraph("一行。")] * 20]
    data = render_pdf(document(*blocks, Signature(("青禾县人民政府", "2025年1月20日"))))
    with pdfplumber.open(io.BytesIO(data)) as found:
        pages = [page.extract_text_lines() for page in found.pages]
    lines = [[line["text"] for line in page] for page in pages]
    assert lines[1] == ["一行。", "青禾县人民政府", "2025年1月20日", "— 2 —"]
    organ, day = pages[1][1:3]
    assert sum(organ[x] - day[x] for x in ("x0", "x1")) == pytest.approx(0, abs=4)
    assert max(organ["x1"], day["x1"]) == pytest.approx((210 - 26) * 72 / 25.4 - 2 * 16, abs=3)
    assert pages[0][0]["x0"] == pytest.approx(28 * 72 / 25.4, abs=2)


def test_character_that_no_font_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """没有字形的字：不印方框，说明是哪个字、怎么办。"""
    monkeypatch.setattr(fallback, "FOLDERS", ())
    with pytest.raises(GlyphMissingError) as refused:
        render_pdf(document(Paragraph("青禾\U0001f600县ꦐ")))
    assert str(refused.value) == (
        "“ꦐ”（U+A990）、“\U0001f600”（U+1F600）不在随软件附带的字体里，本机也没有能印它的字体，"
        "生成 PDF 会印成方框，所以没有生成。请核对是否为误字；确需此字的，请安装 Noto Serif CJK "
        "字体（Debian 系统：apt install fonts-noto-cjk）后重试，或改用 Word 格式。"
    )


@pytest.mark.parametrize(
    "blocks",
    [
        (Title(("\U0001f600",)),),
        (Heading("\U0001f600"),),
        (Note("\U0001f600"),),
        (Line("\U0001f600"),),
        (Signature(("\U0001f600",)),),
        (Table((156,), (Row((Cell("\U0001f600"),)),), 9),),
    ],
)
def test_every_kind_of_block_is_checked(blocks: tuple[Title]) -> None:
    """标题、注、单元格里的字也查（本机 Noto CJK 同样没有表情符号）。"""
    with pytest.raises(GlyphMissingError, match="U\\+1F600"):
        render_pdf(document(*blocks))


def test_font_of_the_machine_is_taken_for_what_the_packaged_one_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """随附字体没有的字，用本机字体；这里把随附字体当作本机字体，只少“淯”一字。"""
    font = FONTS / "GongkaiSerifSC-Regular.otf"
    monkeypatch.setattr(pdf, "packaged_characters", lambda: packaged_characters() - {"淯"})
    monkeypatch.setattr(fallback, "FOLDERS", (FONTS,))
    monkeypatch.setattr(fallback, "FAMILIES", {font.name: "Gongkai Serif SC"})
    assert pdf._font_needed(["青淯"]) == Font(font, "Gongkai Serif SC")
    assert pdf._font_needed(["青禾"]) is None
    assert "青淯" in printed(render_pdf(document(Paragraph("青淯"))))[0]


def test_two_threads_may_print_at_once() -> None:
    """两个请求同时生成，各得各的。"""
    texts = [f"第{n}份" for n in range(8)]
    made: dict[str, str] = {}

    def print_one(text: str) -> None:
        made[text] = printed(render_pdf(document(Paragraph(text))))[0]

    threads = [threading.Thread(target=print_one, args=(text,)) for text in texts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == {text: f"{text}—1—" for text in texts}


_FORKS = """
import os
from gongkai.paper.pdf import ForkedAfterTypesettingError, render_pdf
from tests.pure.paper.documents import document
from gongkai.paper.blocks import Paragraph

text = document(Paragraph("一"))
render_pdf(text)
if not os.fork():
    try:
        render_pdf(text)
    except ForkedAfterTypesettingError:
        os._exit(7)
    os._exit(1)
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_a_process_whose_parent_has_typeset_says_so_and_does_not_wait_for_ever() -> None:
    """typst 的线程不随 fork 过来：子进程里排版会一直等下去。"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _FORKS],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "7\n"
