"""A report as a frozen value, and its interchange form JSON `gongkai.annual-report/1`.

A cell is an int, None (blank: not the same as zero) or the string that is printed. Cell keys are
`t2.norm.made`, `t2.fee`, `t3.r4_1.nat`, `t4.rev.m`; `t2.fee` is a decimal string in 万元.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

import msgspec

from gongkai.annualreport.format import FormatUnknownError, ReportFormat, form_of, load_format

SCHEMA_NAME = "gongkai.annual-report/1"
Cell = int | str | None
Level = Literal["province", "prefecture", "county", "township", "department"]
LEVELS: tuple[Level, ...] = get_args(Level)
SECTION_KEYS = ("1", "2", "3", "4", "5", "6")
_TABLES = ("t2", "t3", "t4")
_HEADER = ("issuer", "level", "year", "format", "period", "published_on", "contact")
_YEARS = range(1949, 10000)
_DECODER = msgspec.json.Decoder(float_hook=str)  # 1158.4432 stays exactly as it was written


class ReportInvalidError(ValueError):
    """A report cannot be built; the message names the path and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One published or compiled report.

    `period` is an ISO interval "2024-01-01/2024-12-31"; `contact` is 机构 and 电话 in one string.
    A pasted table need not say whose it is: then `issuer` is "" and `year` 0, null in JSON.
    """

    issuer: str
    year: int
    format: str = "2021"
    level: Level | None = None
    period: str | None = None
    published_on: dt.date | None = None
    contact: str | None = None
    figures: Mapping[str, Cell] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.issuer, self.year, tuple(self.figures.items())))

    @cached_property
    def form(self) -> ReportFormat:
        """The format this report is written in."""
        return form_of(self.format, self.figures)

    def cell(self, key: str) -> Cell:
        """Return one cell. Raises `KeyError` when the format has no such cell."""
        return self.figures[key]

    def cells(self) -> dict[str, Cell]:
        """Return every cell by key, in printed order."""
        return dict(self.figures)

    def number(self, key: str) -> int | None:
        """Return the count in a cell, or None when it is blank, not a number or not in the format."""
        value = self.figures.get(key)
        return value if isinstance(value, int) else None

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day the figures cover, when the report states them."""
        if self.period is None:
            return None
        first, _, last = self.period.partition("/")
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def cell_keys(format: str) -> tuple[str, ...]:
    """Return the keys of every cell of a format in printed order: 200 for "2021", 198 for "2019"."""
    return tuple(load_format(format).kinds)


def build(
    *,
    issuer: str,
    year: int,
    cells: Mapping[str, Cell],
    sections: Mapping[str, str],
    format: str = "2021",
    level: Level | None = None,
    period: str | None = None,
    published_on: dt.date | None = None,
    contact: str | None = None,
) -> Report:
    """Return a report; a cell that is not given is blank. Raises `ReportInvalidError`."""
    keys = _known_keys(format, cells)
    for key, value in cells.items():
        if key not in keys:
            raise ReportInvalidError(f"{key}：{format} 年版格式没有这个单元格，请核对键名。")
        _require_cell(key, value)
    _require_sections(sections)
    _require_header(year, period)
    return Report(
        issuer=issuer.strip(),
        year=year,
        format=format,
        level=level,
        period=period,
        published_on=published_on,
        contact=contact,
        figures=MappingProxyType({key: cells.get(key) for key in keys}),
        sections=MappingProxyType({key: sections.get(key, "") for key in SECTION_KEYS}),
    )


def interval(first: dt.date, last: dt.date) -> str:
    """Return the ISO form that `Report.period` keeps."""
    return f"{first.isoformat()}/{last.isoformat()}"


def to_json(report: Report) -> bytes:
    """Return the stable, readable JSON bytes of a report (UTF-8, one trailing newline)."""
    return (json.dumps(as_plain(report), ensure_ascii=False, indent=1) + "\n").encode()


def as_plain(report: Report) -> dict[str, object]:
    """Return the JSON object of a report as plain values."""
    tree: dict[str, object] = {"schema": SCHEMA_NAME}
    for name in _HEADER:
        value = getattr(report, name) or None
        tree[name] = value.isoformat() if isinstance(value, dt.date) else value
    for key, cell in report.figures.items():
        *folders, leaf = key.split(".")
        place = tree
        for name in folders:
            place = place.setdefault(name, {})  # type: ignore[assignment]
        place[leaf] = cell
    tree["sections"] = {key: report.sections.get(key, "") for key in SECTION_KEYS}
    return tree


def from_json(data: bytes) -> Report:
    """Return the report in `data`. Raises `ReportInvalidError` naming the path that is wrong.

    A cell that is absent is blank; an unknown name is refused, so that a slip is not lost.
    """
    try:
        tree = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReportInvalidError(
            f"JSON 不完整或有语法错误（{error}），请重新导出后再试。"
        ) from error
    except RecursionError as error:
        raise ReportInvalidError("JSON 嵌套过深，不是年度报告数据，请换正确的文件。") from error
    if not isinstance(tree, dict):
        raise ReportInvalidError("最外层应是一个对象 {…}，请用年度报告数据文件。")
    return _from_tree(tree)


def _from_tree(tree: dict[str, object]) -> Report:
    if tree.get("schema", SCHEMA_NAME) != SCHEMA_NAME:
        raise ReportInvalidError(
            f"schema：应为 {SCHEMA_NAME}，实为 {tree['schema']!r}，请核对文件版本。"
        )
    _require_names(tree)
    form = _text(tree, "format") or ""
    cells: dict[str, Cell] = {}
    rows = tree["t3"] if isinstance(tree["t3"], dict) else {}
    keys = _known_keys(form, [f"t3.{row}." for row in rows])
    for table in _TABLES:
        _collect(f"{table}", tree[table], keys, cells)
    return build(
        issuer=_issuer(tree),
        year=_year(tree),
        format=form,
        level=_level(tree.get("level")),
        period=_text(tree, "period"),
        published_on=_day(tree),
        contact=_text(tree, "contact"),
        cells=cells,
        sections=_sections(tree.get("sections")),
    )


def _require_names(tree: dict[str, object]) -> None:
    for name in ("issuer", "year", "format", *_TABLES):
        if name not in tree:
            raise ReportInvalidError(
                f"{name}：缺少这一项，这不是完整的年度报告数据，请补齐后再试。"
            )
    for name in tree:
        if name not in {"schema", "sections", *_HEADER, *_TABLES}:
            raise ReportInvalidError(f"{name}：不认识这一项，请核对拼写或删去。")


def _known_keys(format: str, printed: Iterable[str] = ()) -> dict[str, object]:
    try:
        return dict(form_of(format, printed).kinds)
    except FormatUnknownError as error:
        raise ReportInvalidError(f"format：{error}") from error


def _collect(path: str, node: object, keys: Mapping[str, object], cells: dict[str, Cell]) -> None:
    if path in keys:
        _require_cell(path, node)
        cells[path] = node  # type: ignore[assignment]
        return
    if not any(key.startswith(f"{path}.") for key in keys):
        raise ReportInvalidError(f"{path}：格式里没有这一项，请核对键名。")
    if not isinstance(node, dict):
        raise ReportInvalidError(f"{path}：应是一个对象 {{…}}，请按格式逐格填写。")
    for name, child in node.items():
        _collect(f"{path}.{name}", child, keys, cells)


def _require_cell(path: str, value: object) -> None:
    if isinstance(value, bool) or not (value is None or isinstance(value, int | str)):
        raise ReportInvalidError(
            f"{path}：只能是整数、null（空白）或印出的文字，实为 {value!r}，请改正。"
        )


def _require_sections(sections: Mapping[str, str]) -> None:
    for key in sections:
        if key not in SECTION_KEYS:
            raise ReportInvalidError(f"sections.{key}：报告只有一至六部分，请核对编号。")


def _require_header(year: int, period: str | None) -> None:
    if year and year not in _YEARS:
        raise ReportInvalidError(f"year：应是四位年份，实为 {year}，请改正。")
    if period is not None and not _is_interval(period):
        raise ReportInvalidError(
            f"period：应写成 {year}-01-01/{year}-12-31 的形式，实为“{period}”，请改正。"
        )


def _is_interval(period: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}", period):
        return False
    try:
        first, last = (dt.date.fromisoformat(day) for day in period.split("/"))
    except ValueError:
        return False
    return first <= last


def _text(tree: dict[str, object], name: str) -> str | None:
    value = tree.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ReportInvalidError(f"{name}：应是文字，实为 {value!r}，请加引号或改正。")


def _issuer(tree: dict[str, object]) -> str:
    value = _text(tree, "issuer")
    if value is not None and not value.strip():
        raise ReportInvalidError("issuer：没有写发布机关，请填机关全称；不知道的写 null。")
    return value or ""


def _year(tree: dict[str, object]) -> int:
    value = tree["year"]
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReportInvalidError(f"year：应是整数，实为 {value!r}，请改正。")
    if value not in _YEARS:
        raise ReportInvalidError(f"year：应是四位年份，实为 {value}，请改正。")
    return value


def _level(value: object) -> Level | None:
    if value is None:
        return None
    for level in LEVELS:
        if value == level:
            return level
    raise ReportInvalidError(f"level：应是 {'、'.join(LEVELS)} 之一，实为 {value!r}，请改正。")


def _day(tree: dict[str, object]) -> dt.date | None:
    text = _text(tree, "published_on")
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ReportInvalidError(
            f"published_on：应写成 2025-01-20 的形式，实为“{text}”，请改正。"
        ) from error


def _sections(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ReportInvalidError('sections：应是 {"1": "…", …, "6": "…"}，请改正。')
    for key, text in value.items():
        if not isinstance(text, str):
            raise ReportInvalidError(f"sections.{key}：应是文字，实为 {text!r}，请改正。")
    return value
