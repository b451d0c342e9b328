"""Lines of a file against the vocabulary and the county's agencies: entries, or what is wrong with each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.agencies.models import AgencyEnding
from gongkai.agencies.queries import names_on
from gongkai.columns.catalogue.entry import Entry, Problem
from gongkai.columns.catalogue.layout import TICKS, UNBOXED
from gongkai.columns.catalogue.reading import FORMULA, CatalogueLine
from gongkai.columns.models import CatalogueItem
from gongkai.law.publishing import CHANNELS

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NO = {"", "否", "×", "x", "X", "/", "-", "—", "无", UNBOXED}
_YES = {*TICKS, "是", "有"}
_TITLES = {
    "item1": "一级事项",
    "item2": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "limit_text": "公开时限",
    "agency": "公开主体",
    "channels": "公开渠道和载体",
    "to_all": "全社会",
    "to_particular": "特定群体",
    "active": "主动",
    "on_request": "依申请公开",
    "at_county": "县级",
    "at_township": "乡级",
    "at_village": "村级",
    "no": "序号",
    "particular": "特定群体",
}
_MUST = ("item1", "content", "basis", "limit_text", "agency")
_GROUPS = (
    ("公开对象", ("to_all", "to_particular")),
    ("公开方式", ("active", "on_request")),
    ("公开层级", ("at_county", "at_township", "at_village")),
)
_LIMITED = ("item1", "item2", "content", "basis", "limit_text", "particular")
_LONGEST: Mapping[str, int] = {
    name: getattr(CatalogueItem._meta.get_field(name), "max_length", 0) for name in _LIMITED
}


@dataclass(frozen=True)
class Checked:
    """What a file comes to. Nothing is entered while there are *problems*."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def check_lines(lines: Sequence[CatalogueLine], on: date) -> Checked:
    """Check every line by itself and against the others. Two queries, whatever the number of lines."""
    agencies = _agencies(on)
    entries: dict[tuple[str, str, str, str], int] = {}
    good: list[Entry] = []
    problems: list[Problem] = []
    for line in lines:
        entry, wrong = _entry(line, agencies)
        if entry is not None and entry.key in entries:
            wrong = [
                f"与第 {entries[entry.key]} 行是同一事项（领域、一级事项、二级事项、公开主体都相同），请合并。"
            ]
        problems += [Problem(line.sheet, line.row, sentence) for sentence in wrong]
        if entry is not None and not wrong:
            entries[entry.key] = line.row
            good.append(entry)
    return Checked(tuple(good), tuple(problems))


def changes(entries: Sequence[Entry]) -> tuple[int, int, int]:
    """Return how many entries are new, changed, and the same as on record."""
    known = {entry.key: entry for entry in map(entry_of, items_of(entries))}
    new = sum(entry.key not in known for entry in entries)
    same = sum(known.get(entry.key) == entry for entry in entries)
    return new, len(entries) - new - same, same


def items_of(entries: Sequence[Entry]) -> list[CatalogueItem]:
    """Return the items on record in the fields of *entries*."""
    found = CatalogueItem.objects.filter(field__in={entry.field for entry in entries})
    return list(found.select_related("agency"))


def entry_of(item: CatalogueItem) -> Entry:
    """Return an item on record as the entry that would leave it as it is."""
    said = {one.name: getattr(item, one.name) for one in fields(Entry)}
    return Entry(**{**said, "agency": item.agency.code, "channels": tuple(item.channels)})


def _agencies(on: date) -> Mapping[str, str]:
    """Codes of the agencies there are, by code, name and short name."""
    ended = set(AgencyEnding.objects.filter(on__lte=on).values_list("agency", flat=True))
    found: dict[str, str] = {}
    for key, name in names_on(on).items():
        if key not in ended:
            code = name.agency.code
            found |= {code: code, name.name: code, name.short: code}
    return found


def _entry(line: CatalogueLine, agencies: Mapping[str, str]) -> tuple[Entry | None, list[str]]:
    texts = {key: text.strip() for key, text in line.texts.items()}
    code = agencies.get("".join(texts["agency"].split()), "")
    channels, unknown = _channels(texts["channels"])
    marks, texts["particular"] = _marks(texts)
    wrong = [
        *_odd_texts(texts),
        *_absent(texts),
        *_odd_agency(texts["agency"], code),
        *_odd_channels(channels, unknown),
        *_unmarked(marks, texts),
    ]
    if wrong:
        return None, wrong
    said: dict[str, Any] = {key: texts[key] for key in _LIMITED}
    said |= {key: bool(mark) for key, mark in marks.items()}
    return Entry(field=line.field.code, agency=code, channels=channels, **said), []


def _odd_agency(text: str, code: str) -> Iterator[str]:
    if text and not code:
        yield (f"没有名称为“{text[:40]}”的机关。“公开主体”请写一个现有机关的全称、简称或代码。")


def _odd_channels(channels: Sequence[str], unknown: Sequence[str]) -> Iterator[str]:
    for one in unknown:
        yield f"“公开渠道和载体”里的“{one[:40]}”不在标准目录列出的十三种之内。"
    if not channels and not unknown:
        yield "没有选“公开渠道和载体”，至少选一种。"


def _marks(texts: Mapping[str, str]) -> tuple[dict[str, bool | None], str]:
    """Return the boxes, and whom 特定群体 means: words in that cell tell it and tick the box."""
    marks = {key: _marked(texts.get(key, "")) for _, group in _GROUPS for key in group}
    if marks["to_particular"] is not None:
        return marks, ""
    return {**marks, "to_particular": True}, texts["to_particular"].lstrip(TICKS).strip()


def _odd_texts(texts: Mapping[str, str]) -> Iterator[str]:
    for key, text in texts.items():
        title = _TITLES[key]
        longest = _LONGEST.get(key)
        if text.startswith(FORMULA):
            yield f"“{title}”是公式，不能录入。请在 Excel 里复制后“粘贴为数值”。"
        if _CONTROL.search(text):
            yield f"“{title}”里有看不见的控制字符，请删去重新输入。"
        if longest is not None and len(text) > longest:
            yield f"“{title}”有 {len(text)} 字，超过 {longest} 字，请改短。"


def _absent(texts: Mapping[str, str]) -> Iterator[str]:
    for key in _MUST:
        if not texts[key]:
            yield f"“{_TITLES[key]}”没有填写。"


def _marked(text: str) -> bool | None:
    """Whether a box is ticked; None for words that are neither."""
    if text in _NO:
        return False
    return True if text in _YES else None


def _unmarked(marks: Mapping[str, bool | None], texts: Mapping[str, str]) -> Iterator[str]:
    for title, group in _GROUPS:
        odd = [key for key in group if marks[key] is None]
        for key in odd:
            yield f"“{_TITLES[key]}”里的“{texts[key][:20]}”看不懂，选中请打“√”，不选请留空。"
        if not odd and not any(marks[key] for key in group):
            yield f"“{title}”一项也没有选，至少选一项。"


def _channels(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the chosen channels in official order, and what is none of them."""
    parts = [part.strip() for part in re.split(r"[\n、,，;；]|(?=[■☑□√✓])", text) if part.strip()]
    boxed = any(part[0] in TICKS + UNBOXED for part in parts)
    chosen = [part for part in parts if part[0] in TICKS] if boxed else parts
    by_title = {channel.title: channel.code for channel in CHANNELS.values()}
    by_title |= {channel.code: channel.code for channel in CHANNELS.values()}
    named = [part.lstrip(TICKS).strip() for part in chosen]
    known = {by_title[name] for name in named if name in by_title}
    return (
        tuple(code for code in CHANNELS if code in known),
        [name for name in named if name and name not in by_title],
    )
