"""Office files are zip packages: opening one with its sizes checked, its parts and relations.

The parts are read here rather than by a library for Word files, because files of common office
programs hold relations to parts that do not exist, which such a library refuses to open.
"""

from __future__ import annotations

import importlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.files.refusal import UnreadableError

LARGEST_PART = 40_000_000
LARGEST_TOTAL = 200_000_000
MOST_PARTS = 5000

# What zipfile raises on broken or hostile archives, learnt by cutting and flipping bytes.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,  # with UnicodeDecodeError: names that are no text, seeks before the start
    IndexError,
    OverflowError,
    RuntimeError,  # with NotImplementedError: encrypted members, unknown compression
)
_BROKEN = (
    "Word、Excel 或压缩文件已损坏或不完整（下载中断或被截断），请重新下载，或打开后另存一份再试。"
)
_TOO_LARGE = "文件解开后过大（可能是压缩炸弹或夹带了大量图片），请只保留正文后重新保存。"
_ENTITIES = "文件里有 Office 文件不应有的 XML 实体定义，为安全起见不予读取；请打开后另存一份再试。"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Relation:
    """A link from one part to another: its id, the last word of its type, the other's name."""

    id: str
    kind: str
    target: str


class Package:
    """An Office file whose sizes are within reason. Raises `UnreadableError` when it is not."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except ZIP_ERRORS as error:
            raise UnreadableError(_BROKEN) from error
        if len(members) > MOST_PARTS or sum(one.file_size for one in members) > LARGEST_TOTAL:
            raise UnreadableError(_TOO_LARGE)
        self._names = {one.filename.lower().lstrip("/"): one for one in members}

    def __contains__(self, name: str) -> bool:
        return name.lower().lstrip("/") in self._names

    @property
    def names(self) -> Iterator[str]:
        """The parts, in lower case."""
        return iter(self._names)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None when there is none of this name."""
        member = self._names.get(name.lower().lstrip("/"))
        if member is None:
            return None
        try:
            with self._zip.open(member) as stream:
                # zipfile trusts the declared size; the limit holds whatever is declared.
                data = stream.read(LARGEST_PART + 1)
        except ZIP_ERRORS as error:
            raise UnreadableError(_BROKEN) from error
        if len(data) > LARGEST_PART:
            raise UnreadableError(_TOO_LARGE)
        return data

    def xml(self, name: str | None) -> Any | None:
        """Return the root of an XML part (an lxml element), or None when there is no such part."""
        data = self.part(name) if name else None
        return None if data is None else parse_xml(data)

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the links of a part ("" is the package) to other parts; links outward are left."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = [] if root is None else list(root.iter(_RELATIONS))
        return tuple(
            Relation(
                id=one.get("Id", ""),
                kind=posixpath.basename(one.get("Type", "")),
                target=posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:],
            )
            for one in found
            if one.get("TargetMode") != "External"
        )

    def related(self, name: str, kind: str) -> str | None:
        """Return the name of the part that `name` links to as `kind`."""
        found = (one.target for one in self.relations(name) if one.kind == kind)
        return next((target for target in found if target in self), None)

    @property
    def main(self) -> str | None:
        """The part that holds the document."""
        return self.related("", "officeDocument")

    @property
    def content_type(self) -> str:
        """The declared content type of the main part, or an empty string."""
        name = self.main or ""
        root = self.xml("[Content_Types].xml") if name else None
        if root is None:
            return ""
        own = (one.get("ContentType", "") for one in root if one.get("PartName", "")[1:] == name)
        extension = posixpath.splitext(name)[1][1:]
        rest = (one.get("ContentType", "") for one in root if one.get("Extension", "") == extension)
        return next(own, "") or next(rest, "")

    @property
    def is_word(self) -> bool:
        """Whether the main part is a Word document."""
        kind = self.content_type
        return "wordprocessingml" in kind or (not kind and (self.main or "").startswith("word/"))

    @property
    def is_excel(self) -> bool:
        """Whether the main part is an Excel workbook that is written as XML."""
        kind, main = self.content_type, self.main or ""
        if "sheet.binary" in kind or main.endswith(".bin"):
            return False
        return "spreadsheetml" in kind or (not kind and main.startswith("xl/"))


def parse_xml(data: bytes) -> Any:
    """Return the root element: no entity is resolved, nothing fetched, depth and size limited."""
    etree = importlib.import_module("lxml.etree")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(_BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(_ENTITIES)
    return root


def refuse_entities(package: Package) -> None:
    """Refuse a package that declares XML entities, before a library that resolves them sees it."""
    for name in package.names:
        if name.endswith((".xml", ".rels", ".vml")):
            head = (package.part(name) or b"")[:4096].replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise UnreadableError(_ENTITIES)
