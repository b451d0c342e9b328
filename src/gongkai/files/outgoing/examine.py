"""The gate: everything in a file that a reader would not expect to get with it."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.files.decoding import decode
from gongkai.files.kinds import PICTURES, Kind
from gongkai.files.limits import refuse_beyond
from gongkai.files.outgoing.concern import Concern, ConcernKind, Found
from gongkai.files.outgoing.excel import examine_excel
from gongkai.files.outgoing.pdf import examine_pdf
from gongkai.files.outgoing.pictures import examine_picture
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.outgoing.word import examine_word
from gongkai.files.package import Package, refuse_entities
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff

EXAMINER = 1
"""Raised with every change of what is found: what an older one let pass is examined again."""

_WHOLE = "全文"


def examine(data: bytes, name: str) -> tuple[Concern, ...]:
    """Return what is wrong with a file called *name* before it leaves; nothing for a clean one.

    A file that is hostile, broken, locked, larger than `files.limits` or of a kind not looked into is
    itself a concern. Nothing is raised for what a file holds.
    """
    found = Found()
    report_personal(name, "文件名", found)
    try:
        _examine(data, name, found)
    except UnreadableError as refused:
        # What was found before it broke off stays: the sentence comes on top of it.
        found.add(ConcernKind.UNREADABLE, _WHOLE, str(refused))
    return found.concerns()


def _examine(data: bytes, name: str, found: Found) -> None:
    if data.startswith(b"PK") and _has_program(data):
        found.add(ConcernKind.MACRO, _WHOLE)
        return
    kind = sniff(data, name)
    refuse_beyond(data, kind)
    if kind is Kind.ZIP:
        found.add(ConcernKind.CONTAINER, _WHOLE)
    elif kind in PICTURES:
        examine_picture(data, _WHOLE, found)
    elif kind in (Kind.TXT, Kind.CSV):
        _plain(data, found)
    elif reader := _READERS.get(kind):
        reader(data, found)
    else:
        found.add(ConcernKind.NOT_EXAMINED, _WHOLE)


def _has_program(data: bytes) -> bool:
    """Told before the kind is: `sniff` refuses such a file with a sentence about taking it in."""
    package = Package(data)
    if "[content_types].xml" not in package:
        return False
    return "macroenabled" in package.content_type.lower() or any(
        one.endswith("vbaproject.bin") for one in package.names
    )


def _office(examiner: Callable[[Package, Found], None]) -> Callable[[bytes, Found], None]:
    def read(data: bytes, found: Found) -> None:
        package = Package(data)
        refuse_entities(package)
        examiner(package, found)

    return read


def _plain(data: bytes, found: Found) -> None:
    for number, line in enumerate(decode(data).lstrip("\ufeff").splitlines(), start=1):
        report_personal(line, f"第 {number} 行", found)


_READERS: dict[Kind, Callable[[bytes, Found], None]] = {
    Kind.DOCX: _office(examine_word),
    Kind.XLSX: _office(examine_excel),
    Kind.PDF: examine_pdf,
}
