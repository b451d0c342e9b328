"""A Word file becomes the text of an item: a clean fragment, its images as files, what was lost."""

from __future__ import annotations

import hashlib
import importlib
import io
import itertools
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from gongkai.files.package import ZIP_ERRORS, Package, refuse_entities
from gongkai.files.refusal import UnreadableError
from gongkai.files.word_numbering import Numbering, Styles
from gongkai.files.word_runs import W, value
from gongkai.text.body.addresses import file_address
from gongkai.text.body.cleaning import BodyRefused, Cleaned, clean

_MOST_PARAGRAPHS = 8_000
_MOST_IMAGES = 300
_LARGEST_IMAGES = 100_000_000
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_STYLES = """
p[style-name='标题 1'] => h2:fresh
p[style-name='标题 2'] => h3:fresh
p[style-name='标题 3'] => h4:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='heading 4'] => h4:fresh
p[style-name='Title'] => p:fresh
p[style-name='标题'] => p:fresh
b => strong
i => em
strike => s
p:ordered-list(1) => p:fresh
p:ordered-list(2) => p:fresh
p:ordered-list(3) => p:fresh
p:ordered-list(4) => p:fresh
p:ordered-list(5) => p:fresh
"""
"""Numbers are typed into ordered lists beforehand, so that none is counted again."""
_BROKEN = "Word 文件已损坏或不完整，读不出正文；请打开后另存为 .docx 再上传。"


@dataclass(frozen=True)
class WordImage:
    """A picture taken out of a Word file: its name as a file, its bytes, its description."""

    name: str
    data: bytes
    alt: str | None

    @property
    def address(self) -> str:
        """What the text calls it by."""
        return file_address(hashlib.sha256(self.data).hexdigest(), self.name)


@dataclass(frozen=True)
class WordBody:
    """The text of a Word file as an item stores it, with its pictures."""

    body: Cleaned
    images: tuple[WordImage, ...] = ()


@dataclass
class _Pictures:
    """Takes pictures one by one while the text is converted. *taken*: names other files have already."""

    taken: Collection[str] = ()
    found: list[WordImage] = field(default_factory=list)
    lost: int = 0
    size: int = 0

    def take(self, image: Any) -> dict[str, str]:
        ending = _ENDINGS.get(image.content_type)
        data = self._read(image) if ending else None
        if data is None:
            self.lost += 1
            return {"src": ""}
        self.size += len(data)
        if len(self.found) >= _MOST_IMAGES or self.size > _LARGEST_IMAGES:
            raise UnreadableError(
                f"Word 文件里的图片超过 {_MOST_IMAGES} 张或 {_LARGEST_IMAGES // 1_000_000} 兆；"
                "请压缩图片或分成几条信息后再上传。"
            )
        picture = WordImage(self._free_name(f".{ending}"), data, image.alt_text or None)
        self.found.append(picture)
        return {"src": picture.address}

    def _free_name(self, ending: str) -> str:
        used = {PurePath(name).stem for name in (*self.taken, *(one.name for one in self.found))}
        stems = (f"图{n}" for n in itertools.count(1))
        return next(stem for stem in stems if stem not in used) + ending

    @staticmethod
    def _read(image: Any) -> bytes | None:
        """A picture that is only linked lies on somebody's disk or another site: it is not fetched."""
        files = importlib.import_module("mammoth.docx.files")
        closed = (files.InvalidFileReferenceError, files.ExternalFileAccessIsDisabledError)
        try:
            with image.open() as stream:
                return bytes(stream.read())
        except (*ZIP_ERRORS, *closed):
            return None


def body_of_docx(data: bytes, *, taken: Collection[str] = ()) -> WordBody:
    """Return the text of a Word file with its tables, and its images as files 图1.png, 图2.jpg…

    *taken* are names the pictures must not have: those of other files of the item.

    Headings 1 to 3 become h2 to h4; numbers Word prints by itself (一、（一）1.) are written out, since
    a text must not lose them. Raises `UnreadableError` with a sentence for a file that is no Word file,
    is broken, hostile or endless.
    """
    package = Package(data)
    refuse_entities(package)
    if not package.is_word:
        raise UnreadableError(
            "这不是 Word 文件（.docx），不能转成正文；请用 Word 或 WPS 另存为 .docx 再上传。"
        )
    pictures = _Pictures(taken)
    html = _converted(_with_numbers(data, package), pictures)
    try:
        cleaned = clean(re.sub(r'<img(?: alt="[^"]*")? src=""[^>]*>', "", html))
    except BodyRefused as refused:
        raise UnreadableError(str(refused)) from refused
    if not cleaned.html:
        raise UnreadableError(
            "Word 文件里没有正文（可能全是文本框或图形）；请核对，或作为附件上传。"
        )
    return WordBody(
        Cleaned(cleaned.html, (*cleaned.lost, *_lost(package, pictures))), tuple(pictures.found)
    )


def _converted(data: bytes, pictures: _Pictures) -> str:
    mammoth = importlib.import_module("mammoth")
    convert = mammoth.images.img_element(pictures.take)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=convert,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except UnreadableError:
        raise
    except (*ZIP_ERRORS, SyntaxError, AttributeError, TypeError) as error:
        raise UnreadableError(_BROKEN) from error
    return str(result.value)


def _with_numbers(data: bytes, package: Package) -> bytes:
    """Return the file with automatic numbers typed into their paragraphs."""
    main = package.main
    root = package.xml(main)
    if main is None or root is None or root.find(W + "body") is None:
        raise UnreadableError(_BROKEN)
    paragraphs = list(root.iter(W + "p"))
    if len(paragraphs) > _MOST_PARAGRAPHS:
        raise UnreadableError(
            f"Word 文件有 {len(paragraphs)} 段，超过 {_MOST_PARAGRAPHS} 段，不适合作正文；"
            "请作为附件上传，正文里写明要点。"
        )
    styles = Styles(package.xml(package.related(main, "styles")))
    numbering = Numbering(package.xml(package.related(main, "numbering")), styles)
    for paragraph in paragraphs:
        _type_number(paragraph, numbering)
    etree = importlib.import_module("lxml.etree")
    return _replaced(data, main, etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _type_number(paragraph: Any, numbering: Numbering) -> None:
    if not "".join(paragraph.itertext(W + "t")).strip():
        return
    properties = paragraph.find(W + "pPr")
    style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
    prefix = numbering.prefix(paragraph, style)
    if not prefix.strip():
        return
    run = paragraph.makeelement(W + "r")
    letters = run.makeelement(W + "t")
    letters.text = prefix
    run.append(letters)
    paragraph.insert(0 if properties is None else 1, run)
    if properties is not None and (own := properties.find(W + "numPr")) is not None:
        properties.remove(own)


def _replaced(data: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for one in old.infolist():
                same = one.filename.lower().lstrip("/") == name.lower()
                new.writestr(one.filename, part if same else old.read(one))
    except ZIP_ERRORS as error:
        raise UnreadableError(_BROKEN) from error
    return out.getvalue()


def _lost(package: Package, pictures: _Pictures) -> list[str]:
    names = list(package.names)
    lost = []
    if pictures.lost:
        lost.append(
            f"有 {pictures.lost} 张图片没有带进来（只是链接，或是网页不能显示的格式）；请另存为 PNG 或 JPEG，上传后再插入。"
        )
    if any(re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) for name in names):
        lost.append("页眉、页脚没有带进正文。")
    if "word/comments.xml" in names:
        lost.append("批注没有带进正文。")
    main = package.xml(package.main)
    if main is not None and main.find(f".//{W}txbxContent") is not None:
        lost.append("文本框里的文字放在了所在段落的后面或没有带进来；请对照原文核对。")
    if any(name.startswith(("word/charts/", "word/diagrams/")) for name in names):
        lost.append("图表、示意图没有带进来；请另存为图片，上传后再插入。")
    if any(name.startswith("word/embeddings/") for name in names):
        lost.append("嵌入的其他文件没有带进来；需要公开的请作为附件上传。")
    return lost
