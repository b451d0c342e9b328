"""The 政府信息公开指南 (条例第十二条) out of what is known, as blocks, with a list of what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.law.request_channels import REQUEST_CHANNELS
from gongkai.paper.blocks import Cell, Heading, Paragraph, Row, Table, Title

Block = Title | Heading | Paragraph | Table
LABELS: Mapping[str, str] = {
    "office": "名称",
    "address": "办公地址",
    "hours": "办公时间",
    "telephone": "联系电话",
    "fax": "传真号码",
    "online": "互联网联系方式",
}
"""What the article has a 指南 say of the office, in its order."""
_WIDTHS, _POINTS = (40.0, 110.0), 10.5
_LIABLE = "不及时更新政府信息公开指南，可能被责令改正，情节严重的给予处分（条例第五十三条第二项）"


@dataclass(frozen=True)
class Part:
    """A part of the classification: a column with the names of those below it."""

    name: str
    below: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What is known of an agency. *contact* by the keys of :data:`LABELS` and ``email``; empty texts are unknown.

    *index_rule* tells how an item's 索引号 is built; *ways* are the channels its columns use.
    """

    agency: str
    contact: Mapping[str, str]
    parts: Sequence[Part]
    ways: Sequence[str]
    index_rule: str


@dataclass(frozen=True)
class Guide:
    """The guide as far as it can be written, and a sentence for each thing that is missing."""

    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


def build_guide(known: Known) -> Guide:
    """Write the guide of an agency. Nothing is invented: what is not known is in ``missing``."""
    blocks = (
        Title((f"{known.agency}政府信息公开指南",)),
        *_classification(known),
        *_arrangement(known),
        *_ways(known),
        *_office(known),
        *_requests(known),
    )
    return Guide(blocks, tuple(_missing(known)))


def _classification(known: Known) -> Iterator[Block]:
    yield Heading("一、政府信息的分类")
    for part in known.parts:
        below = f"：{'、'.join(part.below)}" if part.below else ""
        yield Paragraph(f"{part.name}{below}。")


def _arrangement(known: Known) -> Iterator[Block]:
    yield Heading("二、政府信息的编排体系")
    yield Paragraph("政府信息按栏目编排，目录列出每条信息的索引、名称、内容概述和生成日期。")
    if known.index_rule:
        yield Paragraph(known.index_rule)


def _ways(known: Known) -> Iterator[Block]:
    yield Heading("三、政府信息的获取方式")
    if known.ways:
        yield Paragraph(f"主动公开的信息可以从这些渠道获取：{'、'.join(known.ways)}。")
    yield Paragraph("没有主动公开的信息，可以按本指南第五部分提出申请。")


def _office(known: Known) -> Iterator[Block]:
    yield Heading("四、政府信息公开工作机构")
    rows = [(label, known.contact.get(key, "")) for key, label in LABELS.items()]
    cells = tuple(
        Row((Cell(label, head=True), Cell(text, align="left"))) for label, text in rows if text
    )
    if cells:
        yield Table(_WIDTHS, cells, _POINTS, "政府信息公开工作机构的名称和联系方式")


def _requests(known: Known) -> Iterator[Block]:
    yield Heading("五、依申请公开的提出方式")
    for channel in REQUEST_CHANNELS:
        if known.contact.get(channel.needs):
            yield Heading(channel.title, 2)
            where = known.contact[channel.needs]
            yield Paragraph(f"{where}。{channel.use}{channel.reception}（{channel.basis}）")


def _missing(known: Known) -> Iterator[str]:
    for key, label in LABELS.items():
        if not known.contact.get(key):
            yield (
                f"没有登记信息公开工作机构的{label}，条例第十二条要求指南写明。"
                f"{_LIABLE}，请在机构信息里补登。"
            )
    if not known.parts:
        yield f"没有任何栏目，写不出政府信息的分类（条例第十二条）。{_LIABLE}，请先设立栏目。"
    if not known.ways:
        yield f"栏目没有写公开渠道，写不出获取方式（条例第十二条）。{_LIABLE}，请在栏目里补填。"
    if not known.index_rule:
        yield f"没有说明索引号怎样编，写不出编排体系（条例第十二条）。{_LIABLE}，请补写。"
