"""Files with one thing hidden in them, and the same files without it. Made here: nobody has to trust a binary."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pikepdf
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.workbook.defined_name import DefinedName  # type: ignore[import-untyped]
from PIL import Image

from tests.pure.files.made import changed, saved, zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def relations(*rows: tuple[str, str, str, str]) -> str:
    """Return a part of relations: id, last word of the type, target, mode."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for key, kind, target, mode in rows
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def word(
    body: str, parts: Mapping[str, str | bytes] | None = None, *rows: tuple[str, str, str, str]
) -> bytes:
    """Return a Word file of this body, with more parts and relations of the document."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml", "Internal")),
            "word/document.xml": f"<w:document {_W} {_MORE}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*rows),
            **(parts or {}),
        }
    )


def part(name: str, inner: str) -> str:
    """Return a part of Word with one root element."""
    return f"<w:{name} {_W} {_MORE}>{inner}</w:{name}>"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def said(*runs: str) -> str:
    """Return a paragraph."""
    return f"<w:p>{''.join(runs)}</w:p>"


PLAIN = said(run("予以公开，见附件。"))
_INTERNAL = "Internal"


def _shape(filling: str, text: str = "") -> str:
    return (
        '<w:r><w:drawing><wp:anchor behindDoc="0"><wp:wrapNone/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:spPr>{filling}</wps:spPr>{text}</wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


_SOLID = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_STYLES = part(
    "styles",
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Below"><w:basedOn w:val="Gone"/></w:style>',
)
_HEADER = {"word/header1.xml": part("hdr", said(run("内部资料")))}
_FIRST = '<w:sectPr><w:headerReference w:type="first" r:id="r1"/>{}</w:sectPr>'
_HEADER_ROW = ("r1", "header", "header1.xml", _INTERNAL)
_CELL = '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="{}"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
_WHITE = '<w:color w:val="FFFFFF"/>'

Pair = tuple[str, bytes, bytes]
"""The kind that is to be found, the file with it, the file without."""

WORD: Mapping[str, Pair] = {
    "插入": ("tracked", word(said(run("甲"), f"<w:ins>{run('乙')}</w:ins>")), word(said(run("甲"), run("乙")))),
    "删除": ("tracked", word(said("<w:del><w:r><w:delText>张三</w:delText></w:r></w:del>") + PLAIN), word(PLAIN)),
    "移动": ("tracked", word(said(f"<w:moveFrom>{run('乙')}</w:moveFrom>") + PLAIN), word(PLAIN)),
    "改格式": ("tracked", word(said(run("甲", "<w:rPrChange><w:rPr/></w:rPrChange>"))), word(said(run("甲")))),
    "批注": (
        "comment",
        word(PLAIN, {"word/comments.xml": part("comments", f"<w:comment>{said(run('张三不同意'))}</w:comment>")}),
        word(PLAIN, {"word/comments.xml": part("comments", "")}),
    ),
    "隐藏的字": ("unseen_text", word(said(run("张三", "<w:vanish/>"))), word(said(run("张三", '<w:vanish w:val="0"/>')))),
    "样式里隐藏": (
        "unseen_text",
        word(said(run("张三", '<w:rStyle w:val="Below"/>')), {"word/styles.xml": _STYLES}, ("r1", "styles", "styles.xml", _INTERNAL)),
        word(said(run("张三", '<w:rStyle w:val="Other"/>')), {"word/styles.xml": _STYLES}, ("r1", "styles", "styles.xml", _INTERNAL)),
    ),
    "白字": ("unseen_text", word(said(run("张三", _WHITE))), word(_CELL.format("1F3864", said(run("表头", _WHITE))))),
    "极小的字": ("unseen_text", word(said(run("张三", '<w:sz w:val="2"/>'))), word(said(run("张三", '<w:sz w:val="21"/>')))),
    "不打印的页眉": (
        "unseen_text",
        word(PLAIN + _FIRST.format(""), _HEADER, _HEADER_ROW),
        word(PLAIN + _FIRST.format("<w:titlePg/>"), _HEADER, _HEADER_ROW),
    ),
    "黑色突出显示": ("covered", word(said(run("张三", '<w:highlight w:val="black"/>'))), word(said(run("张三", '<w:highlight w:val="yellow"/>')))),
    "黑底黑字": ("covered", word(_CELL.format("000000", said(run("张三", '<w:color w:val="000000"/>')))), word(_CELL.format("000000", said(run("表头"))))),
    "黑色方块": ("covered", word(said(run("张三"), _shape(_SOLID))), word(said(run("张三"), _shape("<a:noFill/>")))),
    "旧式方块": (
        "covered",
        word(said('<w:r><w:pict><v:rect style="position:absolute;z-index:1" fillcolor="black"/></w:pict></w:r>')),
        word(said('<w:r><w:pict><v:rect style="position:absolute;z-index:1" filled="f"/></w:pict></w:r>')),
    ),
    "嵌入的表格": ("embedded", word(PLAIN, {"word/embeddings/a.xlsx": b"PK"}), word(PLAIN)),
    "塞进去的文件": ("embedded", word(PLAIN, {"word/notes.txt": b"secret"}), word(PLAIN)),
    "链接的图片": (
        "external_link",
        word(PLAIN, {}, ("r1", "image", "file:///C:/a.png", "External")),
        word(PLAIN, {}, ("r1", "hyperlink", "https://www.example.cn/", "External")),
    ),
    "内部地址": (
        "inner_address",
        word(PLAIN, {}, ("r1", "hyperlink", "http://192.168.1.8/oa", "External")),
        word(PLAIN, {}, ("r1", "hyperlink", "https://www.example.cn/", "External")),
    ),
    "链接域": ("external_link", word(said('<w:r><w:instrText> LINK Excel.Sheet "C:\\\\a.xlsx" </w:instrText></w:r>')), word(said("<w:r><w:instrText> PAGE </w:instrText></w:r>"))),
    "自定义数据": (
        "stored_data",
        word(PLAIN, {"customXml/item1.xml": "<x>内部</x>"}),
        word(PLAIN, {"customXml/item1.xml": f'<b:Sources xmlns:b="{_OFFICE.replace("relationships", "bibliography")}"/>'}),
    ),
    "文档变量": (
        "stored_data",
        word(PLAIN, {"word/settings.xml": part("settings", '<w:docVars><w:docVar w:name="a" w:val="张三"/></w:docVars>')}, ("r1", "settings", "settings.xml", _INTERNAL)),
        word(PLAIN, {"word/settings.xml": part("settings", "")}, ("r1", "settings", "settings.xml", _INTERNAL)),
    ),
    "邮件合并": (
        "connection",
        word(PLAIN, {"word/settings.xml": part("settings", '<w:mailMerge><w:query w:val="SELECT 1"/></w:mailMerge>')}, ("r1", "settings", "settings.xml", _INTERNAL)),
        word(PLAIN),
    ),
    "作者": (
        "metadata",
        word(PLAIN, {"docProps/core.xml": '<c xmlns:d="d"><d:creator>张三</d:creator></c>'}),
        word(PLAIN, {"docProps/core.xml": '<c xmlns:d="d"><d:creator></d:creator></c>'}),
    ),
    "单位": ("metadata", word(PLAIN, {"docProps/app.xml": "<p><Company>某公司</Company></p>"}), word(PLAIN, {"docProps/app.xml": "<p><Template>Normal.dotm</Template></p>"})),
    "预览图": ("thumbnail", word(PLAIN, {"docProps/thumbnail.jpeg": b"x"}), word(PLAIN)),
    "裁剪": (
        "cropped",
        word(said('<w:r><w:drawing><a:blipFill><a:srcRect l="20000"/></a:blipFill></w:drawing></w:r>')),
        word(said('<w:r><w:drawing><a:blipFill><a:srcRect/></a:blipFill></w:drawing></w:r>')),
    ),
    "宏": ("macro", word(PLAIN, {"word/vbaProject.bin": b"x"}), word(PLAIN)),
}  # fmt: skip


def book(fill: Callable[[Any, Any], object] = lambda book, sheet: None) -> bytes:
    """Return a workbook without an author, with what *fill* puts into it."""
    made = openpyxl.Workbook()
    made.properties.creator = None
    sheet = made.active
    sheet.title = "汇总"
    sheet.append(["乡镇", "户数"])
    sheet.append(["东河镇", 12])
    fill(made, sheet)
    return saved(made)


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package with more parts."""
    import zipfile  # noqa: PLC0415  # one place

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, **parts})


def _cell(text: str, **looks: Any) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        sheet["C3"] = text
        for name, value in looks.items():
            setattr(sheet["C3"], name, value)

    return fill


def _hide_sheet(state: str) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        made.create_sheet("底稿").append(["张三"])
        made["底稿"].sheet_state = state

    return fill


def _hide(rows: bool, text: str | None) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        sheet["D4"] = text
        if rows:
            sheet.row_dimensions[4].hidden = True
        else:
            sheet.column_dimensions["D"].hidden = True

    return fill


_FLAT = {"xl/worksheets/sheet1.xml": ('<row r="2">', '<row r="2" ht="0" customHeight="1">')}


def _merged(made: Any, sheet: Any) -> None:
    sheet["A5"], sheet["B5"] = "合计", "张三"
    sheet.merged_cells.add("A5:B5")


def _named(text: str, hidden: bool = False) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        made.defined_names["取数"] = DefinedName("取数", attr_text=text, hidden=hidden)

    return fill


def _commented(made: Any, sheet: Any) -> None:
    sheet["A1"].comment = Comment("张三报的", "张三")


def shared(items: str) -> bytes:
    """Return a workbook with shared texts (`si` elements), of which A1 uses the first."""
    rows = {
        "xl/worksheets/sheet1.xml": ('t="inlineStr"><is><t>head</t></is>', 't="s"><v>0</v>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rs" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        ),
    }
    made = book(lambda book, sheet: setattr(sheet["A1"], "value", "head"))
    return with_parts(changed(made, rows), {"xl/sharedStrings.xml": f"<sst {_S}>{items}</sst>"})


_LIGHT, _DARK = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3864")

EXCEL: Mapping[str, Pair] = {
    "隐藏的工作表": ("hidden_sheet", book(_hide_sheet("hidden")), book(_hide_sheet("visible"))),
    "深度隐藏": ("hidden_sheet", book(_hide_sheet("veryHidden")), book()),
    "隐藏的行": ("hidden_cells", book(_hide(True, "张三")), book(_hide(True, None))),
    "隐藏的列": ("hidden_cells", book(_hide(False, "张三")), book(_hide(False, None))),
    "没有高度的行": ("hidden_cells", changed(book(), _FLAT), book()),
    "合并格下面": ("hidden_cells", book(_merged), book()),
    "透视表": (
        "pivot_cache",
        with_parts(book(), {"xl/pivotCache/pivotCacheRecords1.xml": f"<r {_S}><s v='张三'/></r>"}),
        book(),
    ),
    "外部链接": ("external_link", with_parts(book(), {"xl/externalLinks/externalLink1.xml": f"<e {_S}/>"}), book()),
    "名称指向外面": ("external_link", book(_named("'[2]Sheet1'!$A$1")), book(_named("汇总!$A$1"))),
    "隐藏的名称": ("stored_data", book(_named("汇总!$A$1", True)), book(_named("汇总!$A$1"))),
    "剩下的文字": (
        "stored_data",
        shared("<si><t>乡镇</t></si><si><t>张三</t></si>"),
        shared("<si><t>乡镇</t></si>"),
    ),
    "批注": ("comment", book(_commented), book()),
    "数据连接": ("connection", with_parts(book(), {"xl/connections.xml": f"<c {_S}/>"}), book()),
    "白字": ("unseen_text", book(_cell("张三", font=_LIGHT)), book(_cell("表头", font=_LIGHT, fill=_DARK))),
    "底色同字色": ("unseen_text", book(_cell("张三", font=Font(color="FF1F3864"), fill=_DARK)), book(_cell("张三", font=Font(color="FF1F3864")))),
    "不显示的格式": ("unseen_text", book(_cell("张三", number_format=";;;")), book(_cell("张三", number_format="0;-0;;@"))),
    "嵌入的文件": ("embedded", with_parts(book(), {"xl/embeddings/oleObject1.bin": b"x"}), book()),
    "宏表": ("macro", with_parts(book(), {"xl/macrosheets/sheet1.xml": f"<x {_S}/>"}), book()),
    "共享修订": ("tracked", with_parts(book(), {"xl/revisions/revisionLog1.xml": f"<r {_S}/>"}), book()),
    "作者": ("metadata", book(lambda made, sheet: setattr(made.properties, "creator", "张三")), book()),
}  # fmt: skip


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


def photograph(change: Callable[[Any], object] = lambda exif: None, kind: str = "JPEG") -> bytes:
    """Return a picture whose Exif fields *change* fills in."""
    exif = Image.Exif()
    change(exif)
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#006666").save(out, kind, exif=exif)
    return out.getvalue()


def _place(exif: Any) -> None:
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 3.0, 1.0), 3: "E", 4: (112.0, 56.0, 1.0)})


def _artist(exif: Any) -> None:
    exif[0x013B] = "张三"


def _serial(exif: Any) -> None:
    exif.get_ifd(0x8769)[0xA431] = "000123"


def _orientation(exif: Any) -> None:
    exif[0x0112] = 1


def with_thumbnail(data: bytes) -> bytes:
    """Return a JPEG with a small picture in its Exif: first directory empty, second one names it."""
    small = photograph()
    second = 8 + 2 + 4
    start = second + 2 + 2 * 12 + 4
    fields = b"MM\x00*\x00\x00\x00\x08\x00\x00" + second.to_bytes(4)
    fields += b"\x00\x02\x02\x01\x00\x04\x00\x00\x00\x01" + start.to_bytes(4)
    fields += b"\x02\x02\x00\x04\x00\x00\x00\x01" + len(small).to_bytes(4) + b"\x00" * 4 + small
    block = b"Exif\x00\x00" + fields
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block + data[2:]


_PHOTO = photograph(_orientation)
_PNG = photograph(kind="PNG")
_BARE = photograph()

JPEG: Mapping[str, Pair] = {
    "拍摄地点": ("location", photograph(_place), _PHOTO),
    "作者": ("metadata", photograph(_artist), _PHOTO),
    "相机编号": ("metadata", photograph(_serial), _PHOTO),
    "缩略图": ("thumbnail", with_thumbnail(_BARE), _BARE),
    "后面跟着数据": ("embedded", _PHOTO + b"PK\x03\x04" + b"secret" * 9, _PHOTO),
}
PNG: Mapping[str, Pair] = {
    "拍摄地点": ("location", photograph(_place, "PNG"), _PNG),
    "裁剪以前的图": ("embedded", _PNG + photograph(), _PNG),
}
