"""A Word file: changes and comments of those who wrote it, text that does not show, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.packages import examine_package, examine_rest
from gongkai.files.outgoing.personal import in_single_places
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.outgoing.word_looks import Looks
from gongkai.files.outgoing.word_shapes import report_shapes
from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError
from gongkai.files.word_runs import W, is_on, value

_PARTS = (
    (re.compile(r"(?:header)\d*\.xml"), "页眉"),
    (re.compile(r"(?:footer)\d*\.xml"), "页脚"),
    (re.compile(r"footnotes\d*\.xml"), "脚注"),
    (re.compile(r"endnotes\d*\.xml"), "尾注"),
    (re.compile(r"comments\d*\.xml"), "批注"),
)
_TEXTS = ("{*}t", W + "delText")
"""Text of runs, of formulas and of drawings; text that was deleted."""
_DESCRIBED = "//@descr | //@title | //@alt | //@w:tooltip | //@w:displayText"
_NAMES = {"w": W.strip("{}")}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CHANGES = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
_RESHAPED = tuple(
    W + name for name in ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange")
)  # fmt: skip
_CALLS = re.compile(
    r"\b(?:LINK|INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|DATABASE|RD)\b\s+(\S.*)", re.I
)


def examine_word(package: Package, found: Found) -> None:
    """Note what a Word file holds. Raises `UnreadableError` for one without a document."""
    main = package.main
    root = package.xml(main)
    if main is None or root is None or root.find(W + "body") is None:
        raise UnreadableError("Word 文件里没有正文，可能已损坏；请打开后另存一份再检查。")
    examine_package(package, found)
    looks = Looks(package.xml(package.related(main, "styles")))
    read = {main.lower()}
    _Part("正文", looks, found).examine(root)
    for name in sorted(package.names):
        title = _title(name)
        if title and name not in read:
            read.add(name)
            _Part(title, looks, found).examine(package.xml(name))
    _settings(package, main, root, found)
    examine_rest(package, frozenset(read), found)


def _title(name: str) -> str:
    folder, _, base = name.rpartition("/")
    if folder.endswith("glossary") and base == "document.xml":
        return "自动图文集"
    return next((title for shape, title in _PARTS if shape.fullmatch(base)), "")


class _Part:
    """One part with paragraphs: the body, a header, the notes."""

    def __init__(self, title: str, looks: Looks, found: Found) -> None:
        self._title, self._looks, self._found = title, looks, found
        self._places: dict[Any, int] = {}

    def examine(self, root: Any) -> None:
        self._places = {one: n for n, one in enumerate(root.iter(W + "p"), start=1)}
        self._texts(root)
        self._grids(root)
        self._changes(root)
        self._comments(root)
        self._fields(root)
        report_shapes(root, self._where, self._found)

    def _where(self, element: Any) -> str:
        inside = element if element.tag == W + "p" else next(element.iterancestors(W + "p"), None)
        if inside is None:
            inside = next(element.iter(W + "p"), None)
        place = self._places.get(inside)
        return self._title if place is None else f"{self._title}第 {place} 段"

    def _texts(self, root: Any) -> None:
        """One pass in the order of the text: a number may be kept in many runs."""
        texts: dict[Any, list[str]] = {}
        for piece in root.iter(*_TEXTS, *_SIGNS):
            paragraph = next(piece.iterancestors(W + "p"), None)
            if paragraph is None:
                continue
            sign = _SIGNS.get(piece.tag)
            words = sign or piece.text or ""
            texts.setdefault(paragraph, []).append(words)
            if sign is None and words.strip():
                self._unseen(piece, paragraph, words)
        for paragraph, pieces in texts.items():
            report_personal("".join(pieces), self._where(paragraph), self._found)
        for words in root.xpath(_DESCRIBED, namespaces=_NAMES):
            report_personal(str(words), f"{self._title}里图片、链接的说明", self._found)

    def _unseen(self, piece: Any, paragraph: Any, words: str) -> None:
        kind = self._looks.unseen(piece.getparent(), paragraph)
        if kind is not None:
            self._found.add(kind, self._where(paragraph), words)

    def _grids(self, root: Any) -> None:
        for row in root.iter(W + "tr"):
            cells = row.findall(W + "tc")
            if len(cells) > 10:
                joined = in_single_places(["".join(one.itertext(*_TEXTS)) for one in cells])
                report_personal(joined, self._where(row), self._found)

    def _changes(self, root: Any) -> None:
        for change in root.iter(*_CHANGES):
            words = "".join(change.itertext(*_TEXTS)) or "（没有文字的改动）"
            self._found.add(ConcernKind.TRACKED, self._where(change), words)
        reshaped = next(root.iter(*_RESHAPED), None)
        if reshaped is not None:
            self._found.add(ConcernKind.TRACKED, self._where(reshaped), "（格式的改动）")

    def _comments(self, root: Any) -> None:
        for n, comment in enumerate(root.iter(W + "comment"), start=1):
            words = "".join(comment.itertext(W + "t"))
            self._found.add(ConcernKind.COMMENT, f"第 {n} 条批注", words)

    def _fields(self, root: Any) -> None:
        for element in root.iter(W + "instrText", W + "fldSimple"):
            words = element.text or element.get(W + "instr") or ""
            if call := _CALLS.search(words):
                self._found.add(ConcernKind.EXTERNAL_LINK, self._where(element), call[1])
            report_personal(words, self._where(element), self._found)


def _settings(package: Package, main: str, root: Any, found: Found) -> None:
    settings = package.xml(package.related(main, "settings"))
    if settings is not None:
        for one in settings.iter(W + "docVar"):
            words = f"{one.get(W + 'name', '')}：{one.get(W + 'val', '')}"
            found.add(ConcernKind.STORED_DATA, "文档变量", words)
            report_personal(words, "文档变量", found)
        for one in settings.iter(W + "mailMerge"):
            found.add(ConcernKind.CONNECTION, "邮件合并", value(one.find(W + "query")) or "")
    for title, text in _idle_headers(package, main, root, settings):
        found.add(ConcernKind.UNSEEN_TEXT, title, text)


def _idle_headers(
    package: Package, main: str, root: Any, settings: Any | None
) -> Iterator[tuple[str, str]]:
    """Yield headers and footers that are kept for pages which have none: first pages, even pages."""
    even = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
    targets = {one.id: one.target for one in package.relations(main)}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for section in root.iter(W + "sectPr"):
        shown = {"default", *(["even"] if even else [])}
        shown |= {"first"} if is_on(section.find(W + "titlePg")) else set()
        for one in section.iter(W + "headerReference", W + "footerReference"):
            part = package.xml(targets.get(one.get(key)))
            text = "" if part is None else "".join(part.itertext(W + "t")).strip()
            if text and one.get(W + "type") not in shown:
                yield "不打印的页眉、页脚", text
