"""Word files with one thing hidden in them, and the same files without it. Made here: nobody has to trust a binary."""

from __future__ import annotations

from collections.abc import Mapping

from tests.pure.files.made import zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def relations(*rows: tuple[str, str, str, str]) -> str:
    """Return a part of relations: id, last word of the type, target, mode."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
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
        word(PLAIN, {"customXml/item1.xml": f'<b:Sources xmlns:b="{OFFICE.replace("relationships", "bibliography")}"/>'}),
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
