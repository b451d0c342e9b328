"""A file is what its bytes say, and within limits."""

from __future__ import annotations

import struct
import zlib

import pytest

from gongkai.files.kinds import Kind
from gongkai.files.limits import Limits, refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from tests.pure.files.made import TYPES, changed, old_office, pdf, picture, word, workbook, zipped

SAMPLES = [
    ("通知.pdf", pdf("a"), Kind.PDF),
    ("通知.DOCX", word("甲"), Kind.DOCX),
    ("表.xlsx", workbook(), Kind.XLSX),
    ("旧.doc", old_office("WordDocument"), Kind.DOC),
    ("旧.xls", old_office("Workbook"), Kind.XLS),
    ("图.png", picture("PNG"), Kind.PNG),
    ("图.jpg", picture("JPEG"), Kind.JPEG),
    ("图.jpeg", picture("JPEG"), Kind.JPEG),
    ("图.gif", picture("GIF"), Kind.GIF),
    ("图.webp", picture("WEBP"), Kind.WEBP),
    ("说明.txt", "说明".encode("gb18030"), Kind.TXT),
    ("表.csv", "镇,户\n东河,1".encode(), Kind.CSV),
    ("包.zip", zipped({"a.txt": "甲"}), Kind.ZIP),
    ("文.ofd", zipped({"OFD.xml": "<ofd/>", "Doc_0/a.xml": "<a/>"}), Kind.OFD),
]


@pytest.mark.parametrize(("name", "data", "kind"), SAMPLES)
def test_kind_is_told_by_content(name: str, data: bytes, kind: Kind) -> None:
    """十三种文件按内容认出，合格的都在限度之内。"""
    assert sniff(data, name) is kind
    refuse_beyond(data, kind)


@pytest.mark.parametrize(
    ("name", "data", "kind"), [one for one in SAMPLES if one[2] is not Kind.PDF]
)
def test_lying_extension_is_refused(name: str, data: bytes, kind: Kind) -> None:
    """扩展名说谎的一律不收，并说出内容是什么。"""
    with pytest.raises(UnreadableError, match=r"扩展名说它是PDF，内容却是.*没有收下；请核对"):
        sniff(data, "通知.pdf")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空.pdf", b" \n", "文件是空的，请核对是否选错了文件。"),
        ("程序.pdf", b"MZ\x90\x00" + b"\x00" * 100, "这是可执行程序，不能上传。"),
        ("包.zip", b"Rar!\x1a\x07", "这是RAR 压缩文件，不能上传"),
        ("页.txt", b"\xef\xbb\xbf<!DOCTYPE html><html>", "这是网页或 XML 文件"),
        ("图.png", b"<svg onload=alert(1)>", "这是网页或 XML 文件"),
        ("通知", pdf("a"), "没有扩展名.*请补上“.pdf”"),
        ("通知.exe", pdf("a"), "不接受扩展名为“.exe”的文件"),
        ("坏.docx", word("甲")[:300], "已损坏或不完整"),
        ("密.docx", old_office("EncryptedPackage"), "设了打开密码"),
        ("乱.txt", bytes(range(256)) * 20, "认不出这是什么文件"),
        ("宏.docx", changed(word("甲"), {"[Content_Types].xml": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml")}), "带有宏"),
        ("片.docx", zipped({"[Content_Types].xml": TYPES}), "不能上传，请另存为 PDF"),
    ],
)  # fmt: skip
def test_what_is_not_accepted_is_refused(name: str, data: bytes, reason: str) -> None:
    """不收的文件：是什么、怎么办，一句话说清。"""
    with pytest.raises(UnreadableError, match=reason):
        sniff(data, name)


def _huge_png(width: int, height: int) -> bytes:
    """A header that announces a huge picture, with hardly any bytes behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    return data + struct.pack(">I", zlib.crc32(chunk)) + b"\x00\x00\x00\x00IDAT" + b"\x00" * 30


BOMB = zipped({"a.txt": b"0" * 30_000_000})
NESTED = zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": "甲"})})})


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"x" * 100_000_001, Kind.TXT, "文件有 101 兆，超过 100 兆的上限"),
        (BOMB, Kind.ZIP, "文件解开后有 30 兆，大得不合理"),
        (zipped({f"{n}.zip": BOMB for n in range(3)}), Kind.ZIP, "大得不合理"),
        (NESTED, Kind.ZIP, "一层套一层，超过 2 层"),
        (zipped({f"{n}.txt": "" for n in range(5001)}), Kind.ZIP, "超过 5000 个文件"),
        (zipped({"../a.txt": "甲"}), Kind.ZIP, "指向外面目录"),
        (zipped({"a.txt": "甲" * 99})[:-30], Kind.ZIP, "已损坏或不完整"),
        (b"PK\x03\x04" + b"\x00" * 99, Kind.DOCX, "已损坏或不完整"),
        (_huge_png(60_000, 60_000), Kind.PNG, "像素超过 80 百万"),
        (_huge_png(12_000, 9_000), Kind.PNG, "像素超过 80 百万"),
        (picture()[:20], Kind.PNG, "图片已损坏"),
        (
            b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode/Length 9>>stream\n"
            + zlib.compress(b" " * 31_000_000)
            + b"\nendstream",
            Kind.PDF,
            "压缩炸弹",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_is_beyond_limits_is_refused(data: bytes, kind: Kind, reason: str) -> None:
    """压缩炸弹、层层套、超大图片：不解开就拒绝。"""
    with pytest.raises(UnreadableError, match=reason):
        refuse_beyond(data, kind)


def test_limits_are_given() -> None:
    """上限是参数：换一个上限，同一个文件就收或不收。"""
    refuse_beyond(NESTED, Kind.ZIP, Limits(depth=3))
    with pytest.raises(UnreadableError, match="文件有 1 兆，超过 1 兆的上限"):
        refuse_beyond(b"x" * 11, Kind.TXT, Limits(size=10))
