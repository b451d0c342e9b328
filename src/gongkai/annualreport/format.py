"""The statutory report format as data: what is printed where, under which key.

Each file in `formats/` is one official format. Readers, writers and checks take labels, order
and identities from here and nowhere else. Source of the current one: 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

FormatName = Literal["2019", "2021"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)
CellKind = Literal["count", "change", "money", "amount"]
RowKind = Literal["in", "result", "total", "out"]

_FOLDER = Path(__file__).parent / "formats"


class FormatUnknownError(ValueError):
    """No data file describes the format asked for."""


class _Frozen(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """Base of the typed view of a format file; `dict=True` lets derived values be kept."""


class Section(_Frozen, frozen=True):
    """One of the six required headings. `also` are wordings met in published reports."""

    key: str
    heading: str
    also: tuple[str, ...]
    table: str | None


class ValueCell(_Frozen, frozen=True):
    """A cell of table 2: its key below `t2.` and what it holds.

    `count` is a number ≥ 0, `change` one with a sign (本年增/减), `money` a decimal in 万元,
    `amount` a decimal whose unit the format leaves open (采购总金额, 2019).
    """

    key: str
    kind: CellKind


class ActionRow(_Frozen, frozen=True):
    """A row of table 2."""

    label: str
    also: tuple[str, ...]
    cells: tuple[ValueCell, ...]


class ActionBlock(_Frozen, frozen=True):
    """A block of table 2: one item of Art 20 with its own header row."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[ActionRow, ...]


class ApplicantColumn(_Frozen, frozen=True):
    """A column of table 3 and the codes of the checks made on it."""

    key: str
    label: str
    organisation: bool
    balance_check: str
    result_check: str
    carry_check: str


class RequestRow(_Frozen, frozen=True):
    """A row of table 3: its part in the identity, and its label from the outermost group in."""

    key: str
    kind: RowKind
    path: tuple[str, ...]
    also: tuple[str, ...]
    total_check: str

    @property
    def label(self) -> str:
        """The innermost printed label."""
        return self.path[-1]


class RequestTable(_Frozen, frozen=True):
    """Table 3, 收到和处理政府信息公开申请情况."""

    note: str
    applicants: str
    organisations: str
    columns: tuple[ApplicantColumn, ...]
    rows: tuple[RequestRow, ...]

    def keys_of(self, *kinds: RowKind) -> tuple[str, ...]:
        """Row keys that play one of these parts in 第一项＋第二项＝第三项＋第四项."""
        return tuple(row.key for row in self.rows if row.kind in kinds)

    @cached_property
    def total(self) -> ApplicantColumn:
        """The column 总计, which is the sum of the others."""
        return self.columns[-1]

    @cached_property
    def applicant_columns(self) -> tuple[ApplicantColumn, ...]:
        """The columns that name a kind of applicant."""
        return self.columns[:-1]


class DisputeBlock(_Frozen, frozen=True):
    """A block of five cells of table 4."""

    key: str
    path: tuple[str, ...]
    total_check: str


class DisputeColumn(_Frozen, frozen=True):
    """A column repeated in each block of table 4; the last one is the total."""

    key: str
    label: str


class DisputeTable(_Frozen, frozen=True):
    """Table 4, 政府信息公开行政复议、行政诉讼情况."""

    blocks: tuple[DisputeBlock, ...]
    columns: tuple[DisputeColumn, ...]


class ReportFormat(_Frozen, frozen=True, eq=False):
    """One official format. `foreign_labels` belong to another format and betray a mixed report.

    Compared by identity: each is loaded once. `issued_on` is None where the day is not verified.
    """

    name: FormatName
    title: str
    instrument: str
    issued_on: dt.date | None
    first_year: int
    sections: tuple[Section, ...]
    overview: tuple[tuple[str, ...], ...]
    t2: tuple[ActionBlock, ...]
    t3: RequestTable
    t4: DisputeTable
    foreign_labels: tuple[str, ...]

    @cached_property
    def kinds(self) -> dict[str, CellKind]:
        """Full key of every cell, in printed order, and whether it is a count or money."""
        return dict(_kinds(self))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Every printed label by its slot, e.g. `t2.norm.repealed:column` → 本年废止件数."""
        return dict(_labels(self))

    @cached_property
    def names(self) -> dict[str, str]:
        """What a clerk calls each cell, e.g. `t3.r1.nat` → 表三“（一）予以公开”·自然人."""
        return dict(_names(self))


def _kinds(form: ReportFormat) -> Iterator[tuple[str, CellKind]]:
    for block in form.t2:
        for row in block.rows:
            yield from ((f"t2.{cell.key}", cell.kind) for cell in row.cells)
    for line in form.t3.rows:
        yield from ((f"t3.{line.key}.{column.key}", "count") for column in form.t3.columns)
    for dispute in form.t4.blocks:
        yield from ((f"t4.{dispute.key}.{column.key}", "count") for column in form.t4.columns)


def _labels(form: ReportFormat) -> Iterator[tuple[str, str]]:
    for block in form.t2:
        yield f"t2.{block.rows[0].cells[0].key}:block", block.label
        for row in block.rows:
            yield f"t2.{row.cells[0].key}:row", row.label
            for cell, label in zip(row.cells, block.columns[1:], strict=True):
                yield f"t2.{cell.key}:column", label
    yield "t3:note", form.t3.note
    yield from ((f"t3.{column.key}:column", column.label) for column in form.t3.columns)
    yield from ((f"t3.{row.key}:row", row.label) for row in form.t3.rows)
    for dispute in form.t4.blocks:
        yield f"t4.{dispute.key}:block", dispute.path[-1]
        for head in form.t4.columns:
            yield f"t4.{dispute.key}.{head.key}:column", head.label


def _names(form: ReportFormat) -> Iterator[tuple[str, str]]:
    for block in form.t2:
        for row in block.rows:
            for cell, label in zip(row.cells, block.columns[1:], strict=True):
                yield f"t2.{cell.key}", f"表二“{row.label}”·{label}"
    for line in form.t3.rows:
        for column in form.t3.columns:
            yield f"t3.{line.key}.{column.key}", f"表三“{line.label}”·{column.label}"
    for dispute in form.t4.blocks:
        for head in form.t4.columns:
            yield f"t4.{dispute.key}.{head.key}", f"表四“{dispute.path[-1]}”·{head.label}"


@lru_cache
def load_format(name: str) -> ReportFormat:
    """Return one format. Raises `FormatUnknownError` when no data file describes it."""
    path = _FOLDER / f"{name}.json"
    if name not in FORMAT_NAMES or not path.is_file():
        known = "、".join(form.name for form in all_formats())
        raise FormatUnknownError(f"没有“{name}”年版年度报告格式的定义，可用的是：{known}。")
    return msgspec.json.decode(path.read_bytes(), type=ReportFormat)


@lru_cache
def combined(name: str, requests: str) -> ReportFormat:
    """Return format `name` with table 3 as another format prints it.

    Bodies that fill in last year's file mix the two: the 2021 table 2 over （六）其他处理 as one row.
    """
    form = load_format(name)
    return form if requests == name else msgspec.structs.replace(form, t3=load_format(requests).t3)


def form_of(name: str, keys: Iterable[str]) -> ReportFormat:
    """Return the format `name` with the table 3 that `keys` belong to; its own when they tell nothing."""
    printed = {key.split(".")[1] for key in keys if key.startswith("t3.")}
    own = load_format(name)
    if printed <= _request_keys(own):
        return own
    fitting = (form for form in all_formats() if printed <= _request_keys(form))
    return combined(name, next(fitting, own).name)


def _request_keys(form: ReportFormat) -> frozenset[str]:
    return frozenset(row.key for row in form.t3.rows)


@lru_cache
def all_formats() -> tuple[ReportFormat, ...]:
    """Every format there is a data file for, oldest first."""
    return tuple(load_format(path.stem) for path in sorted(_FOLDER.glob("*.json")))
