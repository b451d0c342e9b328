"""What hangs on a PDF beside its pages: files, notes, layers, scripts, forms, properties, texts of its objects."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.packages import INNER
from gongkai.files.outgoing.pictures import examine_picture
from gongkai.files.outgoing.reported import report_personal

_SHOWN_ANYWAY = frozenset({"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"})
_PROGRAMS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"})
_ELSEWHERE = frozenset({"/GoToR", "/GoToE", "/Thread"})
_TEXT_KEYS = (
    "/Contents", "/Title", "/T", "/TU", "/V", "/DV", "/Alt", "/ActualText", "/E", "/RC", "/Subj",
)  # fmt: skip
_OF_PEOPLE = {"/Author": "作者", "/Company": "单位", "/Manager": "经理"}
_USUAL = frozenset(
    (
        "/Title",
        "/Subject",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
        "/SourceModified",
    )
)
_AUTHOR_IN_XMP = re.compile(r"(?s)<dc:creator\b.*?<rdf:li[^>]*>([^<]+)")
_HIDDEN, _NO_VIEW = 2, 32
"""Bits of an annotation's flags (ISO 32000-1, table 165)."""


def examine_structure(document: Any, found: Found) -> None:
    """Note what *document* (of pikepdf) carries beside what its pages show."""
    root = document.Root
    for name in document.attachments:
        found.add(ConcernKind.EMBEDDED, "附件", name)
        report_personal(name, "附件名称", found)
    _layers(root, found)
    _form(root, found)
    _properties(document, found)
    if "/PieceInfo" in root:
        found.add(ConcernKind.STORED_DATA, "全文", "制作软件留下的数据")
    for number, page in enumerate(document.pages, start=1):
        _page(page.obj, f"第 {number} 页", found)
    shown = {page.obj.objgen for page in document.pages}
    for one in document.objects:
        _object(one, found)
        _left_behind(one, shown, found)


def _page(page: Any, where: str, found: Found) -> None:
    if "/Thumb" in page:
        found.add(ConcernKind.THUMBNAIL, where)
    if "/PieceInfo" in page:
        found.add(ConcernKind.STORED_DATA, where, "制作软件留下的数据")
    for one in _items(page.get("/Annots")):
        _annotation(one, where, found)


def _annotation(one: Any, where: str, found: Found) -> None:
    kind = str(one.get("/Subtype", ""))
    words = _text(one.get("/Contents"))
    if kind == "/FileAttachment":
        found.add(ConcernKind.EMBEDDED, where, words or "附在页面上的文件")
    elif kind == "/Redact":
        found.add(ConcernKind.COVERED, where, "做了涂黑标记，还没有应用")
    elif kind == "/Widget":
        if _flags(one) & (_HIDDEN | _NO_VIEW) and (value := _text(one.get("/V"))):
            found.add(ConcernKind.UNSEEN_TEXT, where, value)
    elif kind not in _SHOWN_ANYWAY:
        found.add(ConcernKind.COMMENT, where, words or kind.lstrip("/"))


def _layers(root: Any, found: Found) -> None:
    layers = root.get("/OCProperties")
    if not _is_dictionary(layers):
        return
    default = layers.get("/D")
    off = list(_items(default.get("/OFF"))) if _is_dictionary(default) else []
    if _is_dictionary(default) and str(default.get("/BaseState", "")) == "/OFF":
        on = [one.objgen for one in _items(default.get("/ON"))]
        off += [one for one in _items(layers.get("/OCGs")) if one.objgen not in on]
    for one in off:
        found.add(ConcernKind.HIDDEN_LAYER, "图层", _text(one.get("/Name")))


def _form(root: Any, found: Found) -> None:
    form = root.get("/AcroForm")
    if not _is_dictionary(form):
        return
    if "/XFA" in form:
        found.add(ConcernKind.STORED_DATA, "表单", "XFA 表单数据")
    fields = [one for one in _items(form.get("/Fields")) if str(one.get("/FT", "")) != "/Sig"]
    if fields:
        found.add(ConcernKind.FORM, "表单", f"{len(fields)} 个栏")


def _properties(document: Any, found: Found) -> None:
    for key, value in sorted(dict(document.docinfo).items()):
        text = _text(value)
        if text and key not in _USUAL:
            title = _OF_PEOPLE.get(key, key.lstrip("/"))
            found.add(ConcernKind.METADATA, "文件属性", f"{title}：{text}")
        report_personal(text, "文件属性", found)
    packet = document.Root.get("/Metadata")
    if packet is None:
        return
    text = packet.read_bytes().decode("utf-8", errors="replace")
    for match in _AUTHOR_IN_XMP.finditer(text):
        found.add(ConcernKind.METADATA, "文件属性", f"作者：{match[1]}")
    report_personal(re.sub(r"<[^>]*>", "\n", text), "文件属性", found)


def _object(one: Any, found: Found) -> None:
    """Look at any object of the file, drawn or not: what it says, what it starts, its photograph."""
    pikepdf = importlib.import_module("pikepdf")
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in _TEXT_KEYS:
        value = one.get(key)
        if isinstance(value, pikepdf.String):
            report_personal(str(value), "书签、批注、表单或者替代文字", found)
    _action(one, found)
    for key in ("/A", "/AA", "/OpenAction"):
        inner = one.get(key)
        if isinstance(inner, pikepdf.Dictionary):
            for action in (inner, *(v for _, v in inner.items() if _is_dictionary(v))):
                _action(action, found)
    is_picture = isinstance(one, pikepdf.Stream) and str(one.get("/Subtype", "")) == "/Image"
    if is_picture and _filters(one) == ["/DCTDecode"]:
        examine_picture(one.read_raw_bytes(), "图片", found)


def _left_behind(one: Any, shown: set[tuple[int, int]], found: Found) -> None:
    """Pages and files that nothing in the document leads to, and that are still in it."""
    if not _is_dictionary(one):
        return
    kind = str(one.get("/Type", ""))
    if kind == "/Page" and one.objgen not in shown:
        found.add(ConcernKind.PREVIOUS_VERSION, "不在页序里的页")
    if kind == "/EmbeddedFile" and ConcernKind.EMBEDDED not in found:
        found.add(ConcernKind.EMBEDDED, "全文", "没有列出的附件")


def _action(one: Any, found: Found) -> None:
    kind = str(one.get("/S", ""))
    if kind in _PROGRAMS:
        found.add(ConcernKind.MACRO, "全文", kind.lstrip("/"))
    elif kind in _ELSEWHERE:
        found.add(ConcernKind.EXTERNAL_LINK, "链接", kind.lstrip("/"))
    elif kind == "/URI":
        address = _text(one.get("/URI"))
        if INNER.match(address):
            found.add(ConcernKind.INNER_ADDRESS, "链接", address)
        report_personal(address, "链接", found)


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    return [str(one) for one in _items(found)] or ([str(found)] if found is not None else [])


def _items(value: Any) -> Iterator[Any]:
    """Yield the dictionaries or names of an array, whatever else a file put there."""
    pikepdf = importlib.import_module("pikepdf")
    if isinstance(value, pikepdf.Array):
        for one in value:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Name):
                yield one


def _is_dictionary(value: Any) -> bool:
    pikepdf = importlib.import_module("pikepdf")
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream)


def _flags(one: Any) -> int:
    value = one.get("/F", 0)
    return value if isinstance(value, int) else 0


def _text(value: Any) -> str:
    pikepdf = importlib.import_module("pikepdf")
    return str(value) if isinstance(value, pikepdf.String | str) else ""
