"""Files that cannot be read: one Chinese sentence each, and never another exception."""

from __future__ import annotations

import contextlib
import importlib
import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annualreport.reading.excel import page_of_xlsx
from gongkai.annualreport.reading.html import page_of_html
from gongkai.annualreport.reading.page import Page
from gongkai.annualreport.reading.pdf import page_of_pdf
from gongkai.annualreport.reading.sniff import kind_of
from gongkai.annualreport.reading.word import page_of_docx
from gongkai.annualreport.writing.html import write_html_page
from gongkai.files.refusal import UnreadableError
from tests.pure.annualreport.containers import (
    Block,
    PdfPrinter,
    blocks_of,
    changed,
    excel_file,
    mail_of,
    word_body,
    word_file,
)
from tests.pure.annualreport.reports import clean

READERS: dict[str, Callable[[bytes], Page]] = {
    "html": page_of_html,
    "docx": page_of_docx,
    "xlsx": page_of_xlsx,
    "pdf": page_of_pdf,
}


def read_page(data: bytes) -> Page | None:
    """Read a file as its bytes demand; None for text."""
    kind = kind_of(data)
    return READERS[kind](data) if kind in READERS else None


@lru_cache
def sound_files() -> dict[str, bytes]:
    """A sound file of each kind."""
    page = write_html_page(clean()).encode()
    return {
        "html": page,
        "docx": word_file(clean()),
        "xlsx": excel_file(clean()),
        "pdf": PdfPrinter().print(blocks_of(clean())),
        "mht": mail_of(page),
    }


def zipped(**parts: bytes) -> bytes:
    """A plain zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def ole(name: str) -> bytes:
    """The beginning of an old Office file with one entry of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(64)


def drawn_pdf(*, pages: int = 1, stream: bytes = b"0 0 10 10 re f", packed: bool = True) -> bytes:
    """A PDF with drawings only, as a scan has, its streams as given."""
    pikepdf: Any = importlib.import_module("pikepdf")
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.obj.Contents = document.make_stream(stream)
    buffer = io.BytesIO()
    document.save(buffer, compress_streams=packed)
    return buffer.getvalue()


BROKEN = "已损坏或不完整"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b" \r\n", "文件是空的"),
        (bytes(range(256)) * 20, "不是文本"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "这是图片"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "这是图片"),
        (b"II*\x00" + bytes(20), "这是图片"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"Rar!\x1a\x07\x00", "请先解压"),
        (ole("WordDocument"), "旧版 Word"),
        (ole("Workbook"), "旧版 Excel"),
        (ole("EncryptedPackage"), "取消密码"),
        (ole("Other"), "旧版 Office"),
        (b"PK\x03\x04rest", BROKEN),
        (zipped(a__txt=b"x"), "请先解压"),
        (zipped(OFD__xml=b"<a/>"), "OFD"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "开放文档"),
        (b"%PDF-1.7\n1 0 obj", "PDF 文件已损坏"),
        (PdfPrinter(password="x").print([Block("heading", "政府")]), "打开密码"),
        (drawn_pdf(), "扫描件"),
        (drawn_pdf(pages=81), "超过 80 页"),
        (drawn_pdf(stream=b" " * 31_000_000), "压缩炸弹"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML 格式的 Office",
        ),
    ],
)
def test_file_that_cannot_be_read_gets_one_sentence(data: bytes, words: str) -> None:
    """读不了的文件：一句话说清是什么、怎么办。"""
    with pytest.raises(UnreadableError, match=words) as refused:
        read_page(data)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith("。")


def renamed(data: bytes, kind: str) -> bytes:
    """An Office file whose main part claims another type."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert main in types
    return changed(data, {"[Content_Types].xml": types.replace(main, kind)})


def test_other_office_kinds_are_named() -> None:
    """二进制 Excel、演示文稿：说出是什么。"""
    data = sound_files()["xlsx"]
    binary = renamed(data, "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
    with pytest.raises(UnreadableError, match="xlsb"):
        kind_of(binary)
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    with pytest.raises(UnreadableError, match="演示文稿"):
        kind_of(renamed(data, slides))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("name", ["word/media/a.bin", "xl/media/a.xml"])
def test_zip_bomb_is_refused_before_it_is_opened(kind: str, name: str) -> None:
    """压缩炸弹：声明的大小超限就不打开。"""
    bomb = changed(sound_files()[kind], {name: bytes(210_000_000)})
    assert len(bomb) < 2_000_000
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        kind_of(bomb)


def test_zip_that_lies_about_its_size_is_refused() -> None:
    """声明的大小是假的：按实际内容发现。"""
    data = bytearray(word_body("<w:p/>" * 100_000))
    at = data.rindex(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    with pytest.raises(UnreadableError, match=BROKEN):
        page_of_docx(bytes(data))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_xml_entities_in_office_files_are_refused(kind: str) -> None:
    """XML 实体炸弹：不展开，说明原因。"""
    names = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
    with zipfile.ZipFile(io.BytesIO(sound_files()[kind])) as archive:
        markup = archive.read(names[kind]).decode()
    body = markup[markup.index("?>") + 2 :] if markup.startswith("<?xml") else markup
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(UnreadableError, match="实体"):
        READERS[kind](changed(sound_files()[kind], {names[kind]: entities + body}))


def test_deep_word_file_is_refused() -> None:
    """嵌套一万层的 Word：一句话，不崩溃。"""
    deep = "<w:sdt><w:sdtContent>" * 10_000 + "</w:sdtContent></w:sdt>" * 10_000
    with pytest.raises(UnreadableError, match=BROKEN):
        page_of_docx(word_body(deep))


def test_nested_tables_up_to_the_limit_are_read() -> None:
    """解析器允许的深度之内照读。"""
    text = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
    deep = "<w:tbl><w:tr><w:tc>" * 75 + text + "</w:tc></w:tr></w:tbl>" * 75
    assert [line.text for line in page_of_docx(word_body(deep)).lines] == ["底"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_file_says_that_it_is_incomplete(kind: str, share: float) -> None:
    """下载中断的文件：说明不完整。"""
    data = sound_files()[kind]
    with contextlib.suppress(UnreadableError):
        read_page(data[: int(len(data) * share)])
        assert kind == "pdf"  # what is left of a PDF may be enough for whole pages
    if kind != "pdf":
        with pytest.raises(UnreadableError, match=BROKEN):
            read_page(data[: int(len(data) * share)])


def spoilt(data: bytes, rng: random.Random) -> bytes:
    """A file cut short or with some bytes changed."""
    if rng.random() < 0.2:
        return data[: rng.randrange(len(data))]
    changed_bytes = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        changed_bytes[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(changed_bytes)


def spoilt_part(data: bytes, rng: random.Random) -> bytes:
    """An Office file with one of its parts damaged or missing, the package itself sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = rng.choice([one for one in archive.namelist() if one.endswith(("xml", "rels"))])
        part = archive.read(name)
    if rng.random() < 0.1:
        return changed(data, {name: None})
    digits = [place for place, byte in enumerate(part) if 48 <= byte < 58]
    damaged = bytearray(part)
    for _ in range(rng.randint(1, 3)):
        damaged[rng.choice(digits or [0])] = rng.choice(b"0123456789-x")
    return changed(data, {name: bytes(damaged)})


@settings(max_examples=60)
@given(st.sampled_from(["html", "docx", "xlsx", "pdf", "mht"]), st.randoms(use_true_random=False))
def test_damage_anywhere_gives_a_page_or_a_sentence(kind: str, rng: random.Random) -> None:
    """任意截断、任意改字节：要么读出，要么一句话，绝无别的异常，二十秒之内。"""
    sound = sound_files()[kind]
    within = kind in {"docx", "xlsx"} and rng.random() < 0.6
    data = spoilt_part(sound, rng) if within else spoilt(sound, rng)
    started = time.monotonic()
    with contextlib.suppress(UnreadableError):
        read_page(data)
    with contextlib.suppress(UnreadableError):
        READERS.get(kind, page_of_html)(data)
    assert time.monotonic() - started < 20


@settings(max_examples=60)
@given(st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]), st.binary())
def test_random_bytes_give_a_page_or_a_sentence(start: bytes, rest: bytes) -> None:
    """任意字节同样如此。"""
    for reader in (read_page, *READERS.values()):
        with contextlib.suppress(UnreadableError):
            reader(start + rest)


def test_sign_placed_a_million_letters_away_does_no_harm() -> None:
    """坐标坏掉的 PDF 不会撑爆内存。"""
    data = PdfPrinter(footer="").print([Block("heading", "政府信息公开工作")])
    pikepdf: Any = importlib.import_module("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as document:
        text = document.pages[0].Contents.read_bytes()
        far = text.replace(b"Td", b"Td [<653f> -900000000 <5e9c>] TJ")
        document.pages[0].Contents = document.make_stream(far)
        buffer = io.BytesIO()
        document.save(buffer)
    page = page_of_pdf(buffer.getvalue())
    assert sum(len(line.text) for line in page.lines) < 1000


def test_stream_packed_twice_is_refused() -> None:
    """套了两层压缩的内容流不打开。"""
    inner = zlib.compress(zlib.compress(bytes(1_000_000)))
    body = b"1 0 obj\n<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n" % len(inner)
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        page_of_pdf(b"%PDF-1.4\n" + body + inner + b"\nendstream\nendobj\n%%EOF")
