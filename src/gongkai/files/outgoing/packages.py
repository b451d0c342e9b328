"""What Word and Excel files share: properties, data beside the text, files inside, links outward, any other part."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.pictures import examine_picture
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CORE = {
    "creator": "作者",
    "lastModifiedBy": "最后保存人",
    "description": "备注",
    "keywords": "关键词",
}
_APP = {"Company": "单位", "Manager": "经理", "HyperlinkBase": "链接基准"}
_OUR_OWN_TEMPLATES = re.compile(r"(?:Normal(?:\.(?:dot|dotm|wpt))?)?", re.I)
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_USUAL = frozenset(
    (
        *("xml", "rels", "vml", "bin", "emf", "wmf", "bmp", "dib", "tif", "tiff", "svg", "wdp"),
        *("jxr", "odttf", "fntdata", "ttf", "otf", "pict", "pcz", "ico"),
        *(one[1:] for one in _PICTURES),
    )
)
"""Endings of parts an office program writes by itself; any other is a file somebody put in."""
_PROGRAM = re.compile(
    r"vbaproject\.bin|vbadata\.xml|/macrosheets/|/dialogsheets/|/activex/|attachedtoolbars\.bin"
)
_INSIDE = re.compile(r"/embeddings/|oleobject\d*\.bin|/afchunk|/externalpackage")
_THUMBNAIL = re.compile(r"docprops/thumbnail\.\w+")
INNER = re.compile(
    r"(?:file:|\\\\|[A-Za-z]:[\\/]|https?://(?:localhost|[^/.:]+[/:]|[^/.:]+$|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.))",
    re.I,
)
_SOURCES = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}Sources"
_DESCRIBES = ("descr", "title", "alt", "o:title")
_BLOCKS = frozenset({"p", "si", "is", "comment", "text", "author", "oddHeader", "oddFooter"})
"""Elements whose text is one, however many pieces it is kept in."""


def examine_package(package: Package, found: Found) -> None:
    """Note what any Office file may hold beside its text."""
    _properties(package, found)
    for name in sorted(package.names):
        _part(package, name, found)


def examine_rest(package: Package, read: frozenset[str], found: Found) -> None:
    """Look for personal data in every XML part that was not *read* by whoever knows it."""
    for name in sorted(package.names):
        if name.endswith((".xml", ".vml")) and name not in read:
            for text in _texts(package, name):
                report_personal(text, name, found)


def _texts(package: Package, name: str) -> Iterator[str]:
    try:
        yield from texts_of(package.xml(name))
    except UnreadableError:  # drawings of old comments are no XML in files Excel itself wrote
        yield re.sub(r"<[^>]*>", " ", (package.part(name) or b"").decode(errors="replace"))


def local(element: Any) -> str:
    """Return the name of an element without its namespace; of a comment or an instruction an empty text."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def texts_of(root: Any) -> Iterator[str]:
    """Yield the texts of a part: paragraphs whole, other elements each, descriptions of pictures."""
    for element in root.iter():
        name = local(element)
        if name in _BLOCKS:
            yield "".join(element.itertext())
        elif element.text and len(element.text) > 5:
            yield element.text
        for key in _DESCRIBES:
            if value := element.get(key):
                yield value


def _properties(package: Package, found: Found) -> None:
    core, app = package.xml("docprops/core.xml"), package.xml("docprops/app.xml")
    for root, told in ((core, _CORE), (app, _APP)):
        for element in () if root is None else root.iter():
            title, text = told.get(local(element)), (element.text or "").strip()
            if title and text:
                found.add(ConcernKind.METADATA, "文件属性", f"{title}：{text}")
            if local(element) == "Template" and not _OUR_OWN_TEMPLATES.fullmatch(text):
                found.add(ConcernKind.METADATA, "文件属性", f"模板：{text}")
    custom = package.xml("docprops/custom.xml")
    for element in () if custom is None else custom:
        text = f"{element.get('name', '')}：{''.join(element.itertext())}"
        found.add(ConcernKind.METADATA, "自定义属性", text)


def _part(package: Package, name: str, found: Found) -> None:
    ending = name.rpartition(".")[2]
    if name.endswith("/"):
        return
    if _PROGRAM.search(name):
        found.add(ConcernKind.MACRO, name)
    elif _INSIDE.search(name) or ending not in _USUAL:
        found.add(ConcernKind.EMBEDDED, name)
    elif _THUMBNAIL.fullmatch(name):
        found.add(ConcernKind.THUMBNAIL, name)
    elif name.endswith(_PICTURES):
        examine_picture(package.part(name) or b"", f"图片 {posixpath.basename(name)}", found)
    elif name.endswith(".rels"):
        _links(package.xml(name), name, found)
    elif name.startswith("customxml/item") and "/item" in name and "itemprops" not in name:
        _stored(package.xml(name), name, found)


def _links(root: Any, name: str, found: Found) -> None:
    for one in root.iter(_RELATIONS):
        kind, target = posixpath.basename(one.get("Type", "")), one.get("Target", "")
        if one.get("TargetMode") != "External":
            continue
        if kind != "hyperlink":
            found.add(ConcernKind.EXTERNAL_LINK, name, target)
        elif INNER.match(target):
            found.add(ConcernKind.INNER_ADDRESS, name, target)
        report_personal(target, name, found)


def _stored(root: Any, name: str, found: Found) -> None:
    """Custom data; the empty list of sources that Word puts into every file says nothing."""
    if root.tag != _SOURCES or len(root):
        words = " ".join("".join(root.itertext()).split()) or local(root)
        found.add(ConcernKind.STORED_DATA, name, words)
