"""The official table of a standard catalogue: its headings, word for word, and its boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.publishing import CHANNELS


@dataclass(frozen=True)
class Heading:
    """A heading over one or several columns; *below* are the second row's, empty where it spans both."""

    text: str
    below: tuple[str, ...] = ()


_LEVELS = ("县级", "乡级")
VILLAGE = "村级"
MARK, NO_MARK, BOXED, UNBOXED = "√", "", "■", "□"
TICKS = "√✓✔■☑●"
_SYNONYMS: Mapping[str, str] = {
    "特定群众": "特定群体",
    "依申请": "依申请公开",
    "公开内容": "公开内容(要素)",
    "公开内容要素": "公开内容(要素)",
    "乡镇级": "乡级",
    "县级公开": "县级",
    "主动公开": "主动",
    "公开渠道": "公开渠道和载体",
}
KEYS: Mapping[str, str] = {
    "序号": "no",
    "一级事项": "item1",
    "二级事项": "item2",
    "公开内容(要素)": "content",
    "公开依据": "basis",
    "公开时限": "limit_text",
    "公开主体": "agency",
    "公开渠道和载体": "channels",
    "全社会": "to_all",
    "特定群体": "to_particular",
    "主动": "active",
    "依申请公开": "on_request",
    "县级": "at_county",
    "乡级": "at_township",
    "村级": "at_village",
}
NEEDED = tuple(text for text in KEYS if text not in ("序号", VILLAGE))


def headings(*, village: bool) -> tuple[Heading, ...]:
    """The two rows of headings; the village level is a column only where something is made known there."""
    return (
        Heading("序号"),
        Heading("公开事项", ("一级事项", "二级事项")),
        Heading("公开内容（要素）"),
        Heading("公开依据"),
        Heading("公开时限"),
        Heading("公开主体"),
        Heading("公开渠道和载体"),
        Heading("公开对象", ("全社会", "特定群体")),
        Heading("公开方式", ("主动", "依申请公开")),
        Heading("公开层级", (*_LEVELS, VILLAGE) if village else _LEVELS),
    )


def plain(text: str) -> str:
    """A heading as it is compared: without blanks, with narrow brackets, by its usual name."""
    bare = "".join(text.split()).replace("（", "(").replace("）", ")")
    return _SYNONYMS.get(bare, bare)


def title_of(field_title: str, county: str) -> str:
    """The caption of a field's table."""
    return f"{county}{field_title}领域基层政务公开标准目录"


def boxes(codes: list[str]) -> str:
    """The channels as the table prints them: every box, those chosen filled."""
    return "\n".join(
        f"{BOXED if channel.code in codes else UNBOXED}{channel.title}"
        for channel in CHANNELS.values()
    )
