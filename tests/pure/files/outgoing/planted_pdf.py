"""PDF files with one thing hidden in them, and the same files without it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf

from tests.pure.files.outgoing.planted_word import Pair


def page(stream: str, change: Callable[[pikepdf.Pdf], object] | None = None) -> bytes:
    """Return a PDF of one page drawn by *stream*, changed by *change*."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 200))
    first = made.pages[0].obj
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    first.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    first.Contents = made.make_stream(stream.encode())
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def letters(text: str, more: str = "") -> str:
    """Return the drawing of a line of Latin letters."""
    return f"BT /F 12 Tf {more} 20 100 Td ({text}) Tj ET "


TEXT = letters("Granted, see the annex")
BOX = "0 g 15 95 200 20 re f "


def _attach(made: pikepdf.Pdf) -> None:
    made.attachments["list.xlsx"] = b"PK"


def _annotated(kind: str, **more: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        rectangle = pikepdf.Array([10, 10, 30, 30])
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=rectangle, **more)  # fmt: skip
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(note)])

    return change


def _listed_nowhere(made: pikepdf.Pdf) -> None:
    file = made.make_stream(b"PK")
    file.Type = pikepdf.Name.EmbeddedFile
    made.Root.Extra = file


def _left_out(made: pikepdf.Pdf) -> None:
    made.Root.Extra = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))


def poster(made: pikepdf.Pdf) -> None:
    """Make the page five metres wide."""
    made.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 14_400, 14_400])


def _layered(made: pikepdf.Pdf) -> None:
    group = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
    default = pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    made.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=default)


def _shown_layer(made: pikepdf.Pdf) -> None:
    _layered(made)
    made.Root.OCProperties.D = pikepdf.Dictionary()


def _scripted(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _authored(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = "张三"


def _titled(made: pikepdf.Pdf) -> None:
    made.docinfo["/Title"] = "告知书"


def _fielded(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="name"))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def _sealed(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="seal"))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def _described(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["张三"]


def _linked(address: str) -> Callable[[pikepdf.Pdf], None]:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    return _annotated("/Link", A=action)


def saved_again(before: bytes, after: bytes) -> bytes:
    """Return *before* with its page drawn as in *after*, written behind it as a changed file is."""
    with pikepdf.open(io.BytesIO(after)) as new:
        stream = new.pages[0].obj.Contents.read_bytes()
    with pikepdf.open(io.BytesIO(before)) as old:
        number, size = old.pages[0].obj.Contents.objgen[0], len(old.objects) + 1
        root = old.Root.objgen[0]
    at = len(before)
    body = (
        f"{number} 0 obj<</Length {len(stream)}>>stream\n".encode()
        + stream
        + b"\nendstream endobj\n"
    )
    start = before.rindex(b"startxref")
    previous = int(before[start:].split()[1])
    tail = (
        f"xref\n{number} 1\n{at:010} 00000 n \ntrailer<</Size {size}/Root {root} 0 R/Prev {previous}>>\n"
        f"startxref\n{at + len(body)}\n%%EOF\n"
    )
    return before + body + tail.encode()


def linear(data: bytes) -> bytes:
    """Return a PDF arranged for reading from the net: two ends, and saved once."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, linearize=True)
    return out.getvalue()


_WHOLE_PICTURE = "q 300 0 0 200 0 0 cm /I Do Q "


def _scan(grey: int) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        picture = made.make_stream(bytes([grey]))
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        made.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=picture)

    return change


_OLD, _NEW = page(TEXT + letters("Zhang San", "0 -40 Td")), page(TEXT)

PDF: Mapping[str, Pair] = {
    "黑块盖字": ("covered", page(TEXT + BOX), page("0.9 g 15 95 200 20 re f 0 g " + TEXT)),
    "只盖几个字": ("covered", page(TEXT + "0 g 70 95 60 20 re f "), page(TEXT)),
    "白块盖字": ("unseen_text", page(TEXT + "1 g 15 95 200 20 re f "), page("1 g 15 95 200 20 re f 0 g " + TEXT)),
    "图片盖字": ("covered", page(TEXT + "q 200 0 0 30 10 90 cm /I Do Q ", _scan(80)), page("q 200 0 0 30 10 90 cm /I Do Q 0 g " + TEXT, _scan(240))),
    "白字": ("unseen_text", page("1 g " + TEXT), page(TEXT)),
    "不画的字": ("unseen_text", page(letters("Zhang San", "3 Tr")), page(TEXT)),
    "扫描件上的黑条": ("covered", page(_WHOLE_PICTURE + letters("Zhang San", "3 Tr"), _scan(0)), page(_WHOLE_PICTURE + letters("Zhang San", "3 Tr"), _scan(255))),
    "页面以外": ("unseen_text", page(TEXT + letters("Zhang San", "400 0 Td")), page(TEXT)),
    "附件": ("embedded", page(TEXT, _attach), page(TEXT)),
    "页面上的附件": ("embedded", page(TEXT, _annotated("/FileAttachment")), page(TEXT)),
    "没有列出的附件": ("embedded", page(TEXT, _listed_nowhere), page(TEXT)),
    "文件末尾的数据": ("embedded", page(TEXT) + b"PK" + b"secret" * 9, page(TEXT) + b"\n"),
    "抽掉的页": ("previous_version", page(TEXT, _left_out), page(TEXT)),
    "便笺": ("comment", page(TEXT, _annotated("/Text", Contents="hao")), page(TEXT, _annotated("/Link"))),
    "没有应用的涂黑": ("covered", page(TEXT, _annotated("/Redact")), page(TEXT)),
    "关掉的图层": ("hidden_layer", page(TEXT, _layered), page(TEXT, _shown_layer)),
    "脚本": ("macro", page(TEXT, _scripted), page(TEXT)),
    "作者": ("metadata", page(TEXT, _authored), page(TEXT, _titled)),
    "XMP 作者": ("metadata", page(TEXT, _described), page(TEXT)),
    "表单": ("form", page(TEXT, _fielded), page(TEXT, _sealed)),
    "改以前的字": ("previous_version", saved_again(_OLD, _NEW), _NEW),
    "存过两次": ("saved_again", saved_again(_NEW, _NEW), linear(_NEW)),
    "内部地址": ("inner_address", page(TEXT, _linked("http://10.0.0.8/oa")), page(TEXT, _linked("https://www.example.cn/"))),
}  # fmt: skip
