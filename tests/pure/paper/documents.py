"""Invented documents for these tests."""

from __future__ import annotations

import datetime as dt

from gongkai.paper.blocks import (
    Attachment,
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Line,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
)

LONG_TABLE = Table(
    widths=(30, 60, 66),
    rows=(
        Row((Cell("类别", head=True, rowspan=2), Cell("情况", head=True, colspan=2)), head=True),
        Row((Cell("甲", head=True), Cell("乙", head=True)), head=True),
        *(Row((Cell(f"第{n}行"), Cell(str(n)), Cell(str(n * n)))) for n in range(80)),
    ),
    size=12,
    description="很长的表",
)
MERGED = Table(
    widths=(20, 20, 116),
    rows=(
        Row((Cell("大类", rowspan=2), Cell("一", align="left"), Cell("1"))),
        Row((Cell("二"), Cell("2"))),
        Row((Cell("合计", colspan=2), Cell("3"))),
    ),
    size=10.5,
)
ALL_BLOCKS: tuple[Block, ...] = (
    Title(("青禾县人民政府", "关于试验的通知")),
    Note("2025年1月20日"),
    Gap(),
    Heading("一、总体情况"),
    Heading("（一）甲事项", 2),
    Heading("1.乙事项", 3),
    Paragraph("正文一段。"),
    Line("青禾县某某局：", "left"),
    MERGED,
    MERGED,
    PageBreak(),
    Paragraph("次页一段。"),
    MERGED,
    Paragraph("末段。"),
    Signature(("青禾县人民政府", "2025年1月20日")),
)


def document(*blocks: Block, day: dt.date | None = dt.date(2025, 1, 20)) -> Document:
    """A document of these blocks, with one file inside."""
    return Document(
        title="青禾县人民政府关于试验的通知",
        author="青禾县人民政府",
        blocks=blocks,
        day=day,
        attachments=(Attachment("data.json", b'{"a": 1}', "application/json", "数据"),),
    )
