"""Small files of each kind, made here, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl  # type: ignore[import-untyped]
from PIL import Image

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of *members*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the package with a replacement made in each named part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in parts.items():
        assert old.encode() in members[name]
        members[name] = members[name].replace(old.encode(), new.encode(), 1)
    return zipped(dict(members))


def saved(document: object) -> bytes:
    """Return what python-docx or openpyxl would save."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    """Return a Word file of paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def workbook() -> bytes:
    """Return an Excel file with a hidden sheet, a hidden row and a merged cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "发放表"
    for row in (["乡镇", "人数", "日期"], ["东河镇", 12, None], ["某甲", 1.5, None]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("底稿")
    other.append(["隐藏的底数"])
    other.sheet_state = "hidden"
    return saved(book)


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 3)) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "#006666").save(out, kind)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    """Return a PDF whose pages hold these Latin letters; an empty page has none."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for n, text in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents {5 + 2 * n} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        stream = f"BT /F 12 Tf 20 100 Td ({text}) Tj ET" if text else ""
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream".encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{n} 0 obj".encode() + content + b"endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def old_office(stream: str) -> bytes:
    """Return something that begins and names its stream as an old Office file does."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 500
        + stream.encode("utf-16-le")
        + b"\x00" * 500
    )
