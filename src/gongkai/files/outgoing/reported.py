"""Personal data of a text put down as concerns."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.personal import find_personal
from gongkai.text.masking import Kind

_AS: Mapping[Kind, ConcernKind] = {
    Kind.ID_NUMBER: ConcernKind.ID_NUMBER,
    Kind.BANK_CARD: ConcernKind.BANK_CARD,
    Kind.PHONE: ConcernKind.PHONE,
    Kind.PLATE: ConcernKind.PLATE,
    Kind.PASSPORT: ConcernKind.PASSPORT,
    Kind.EMAIL: ConcernKind.EMAIL,
    Kind.LANDLINE: ConcernKind.LANDLINE,
}


def report_personal(text: str, where: str, found: Found) -> None:
    """Note the personal data in *text*. Only the masked number is kept: the words around it may be a name."""
    for kind, shown in find_personal(text):
        found.add(_AS[kind], where, shown)
