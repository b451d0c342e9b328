"""The tables of letters: the search worksheet, the registration form, slips that are filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.letters.facts import LetterFacts, Search
from gongkai.paper.blocks import Cell, Row, Table

_SIZE, _FORM_SIZE = 12.0, 14.0
_LABEL, _TEXT = 46.0, 110.0
_SEARCH_HEAD = ("系统或场所", "范围", "检索词", "检索人和日期", "结果")
_SEARCH_WIDTHS = (30.0, 32.0, 34.0, 28.0, 32.0)
_BLANK, _ROOM_TO_WRITE = "\u3000" * 2, 30.0


def searches(lines: Sequence[Search]) -> Table | None:
    """The search worksheet as the letter shows it, None where nothing was searched."""
    if not lines:
        return None
    head = Row(tuple(Cell(text, head=True) for text in _SEARCH_HEAD), head=True)
    rows = [
        Row(
            (
                _left(one.system),
                _left(one.scope),
                _left(one.terms),
                _left(f"{one.by} {one.on.isoformat()}"),
                _left(one.result),
            )
        )
        for one in lines
    ]
    return Table(_SEARCH_WIDTHS, (head, *rows), _SIZE, "检索的系统、范围、检索词、人员、日期和结果")


def form(entries: Mapping[str, str]) -> Table | None:
    """The registration form: one line a label, and at its end who signs."""
    if not entries:
        return None
    signed = dict.fromkeys(("申请人（代理人）签名或者盖章", "登记人签名"), _date())
    return _two_columns({**entries, **signed}, "申请登记表的各项内容")


def service_slip(facts: LetterFacts) -> Table | None:
    """The proof of service: what is known is printed, what happens at the door is filled in by hand."""
    if facts.service is None or not facts.served_documents:
        return None
    known = {
        "送达文书名称和文号": "；".join(facts.served_documents),
        "受送达人": facts.request.applicant,
        "送达方式": facts.service.way,
        "送达地点": facts.service.address,
    }
    by_hand = {
        "收件人签名或者盖章": _date(),
        "代收人签名、与受送达人的关系": _date(),
        "拒收或者没有送达的情况": _BLANK,
        "送达人签名": _date(),
        "备注": _BLANK,
    }
    return _two_columns(known | by_hand, "送达回证的各项内容")


def answer_slip(matter: str) -> Table | None:
    """What the one who was asked fills in and sends back."""
    if not matter:
        return None
    entries = {
        "涉及的信息": matter,
        "意见": "□同意公开\u3000□部分同意公开\u3000□不同意公开",
        "不同意公开的部分和理由": _BLANK,
        "签名或者盖章": _date(),
        "联系人和电话": _BLANK,
    }
    return _two_columns(entries, "被征求意见方填写的意见")


def _two_columns(entries: Mapping[str, str], description: str) -> Table:
    rows = (
        Row((Cell(label, head=True, align="left"), _filled_in(text)))
        for label, text in entries.items()
    )
    return Table((_LABEL, _TEXT), tuple(rows), _FORM_SIZE, description)


def _left(text: str) -> Cell:
    return Cell(text, align="left")


def _filled_in(text: str) -> Cell:
    """A cell; an empty one is high enough to write in, one that is signed has its date at the right."""
    if not text.strip():
        return Cell(text, align="left", size=_ROOM_TO_WRITE)
    return Cell(text, align="right" if text == _date() else "left")


def _date() -> str:
    return f"{_BLANK}年{_BLANK}月{_BLANK}日"
