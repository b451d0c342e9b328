"""The 指南 out of what is known: every section of Art 12, and a sentence for each thing missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.columns.guide import LABELS, Known, Part, build_guide
from gongkai.columns.known import known_of
from gongkai.paper.blocks import Cell, Heading, Paragraph, Row, Table, Title
from tests.rooms.cast import Cast
from tests.rooms.columns.making import column

CONTACT = {
    "office": "示例县粮食局办公室",
    "address": "示例路 1 号",
    "hours": "工作日 8:30—12:00",
    "telephone": "0000-0000000",
    "fax": "0000-0000001",
    "online": "https://example.invalid/apply",
    "email": "",
}
KNOWN = Known(
    "示例县粮食局", CONTACT, [Part("政策", ("政策文件",))], ["政府网站"], "索引号的编法。"
)


def test_the_guide_has_every_section_of_article_12() -> None:
    """第十二条：分类、编排体系、获取方式，工作机构的六项，每个受理渠道和用法。"""
    guide = build_guide(KNOWN)
    assert guide.missing == ()
    assert guide.blocks[:8] == (
        Title(("示例县粮食局政府信息公开指南",)),
        Heading("一、政府信息的分类"),
        Paragraph("政策：政策文件。"),
        Heading("二、政府信息的编排体系"),
        Paragraph("政府信息按栏目编排，目录列出每条信息的索引、名称、内容概述和生成日期。"),
        Paragraph("索引号的编法。"),
        Heading("三、政府信息的获取方式"),
        Paragraph("主动公开的信息可以从这些渠道获取：政府网站。"),
    )
    (table,) = [block for block in guide.blocks if isinstance(block, Table)]
    assert table.rows == tuple(
        Row((Cell(label, head=True), Cell(CONTACT[key], align="left")))
        for key, label in LABELS.items()
    )
    channels = [one.text for one in guide.blocks if isinstance(one, Heading) and one.level == 2]
    assert channels == ["当面提交", "邮寄", "传真", "互联网"]


def test_a_channel_is_there_only_where_it_is_open() -> None:
    """登记了邮箱才写电子邮件，没有传真就不写传真。"""
    contact = {**CONTACT, "fax": "", "email": "open@example.invalid"}
    guide = build_guide(replace(KNOWN, contact=contact))
    channels = [one.text for one in guide.blocks if isinstance(one, Heading) and one.level == 2]
    assert channels == ["当面提交", "邮寄", "互联网", "电子邮件"]


@pytest.mark.parametrize(("key", "label"), LABELS.items())
def test_what_is_missing_is_said_with_its_article(key: str, label: str) -> None:
    """缺哪一项写哪一项，写明第十二条和第五十三条第二项。"""
    guide = build_guide(replace(KNOWN, contact={**CONTACT, key: ""}))
    assert guide.missing == (
        f"没有登记信息公开工作机构的{label}，条例第十二条要求指南写明。"
        "不及时更新政府信息公开指南，可能被责令改正，情节严重的给予处分（条例第五十三条第二项），"
        "请在机构信息里补登。",
    )


def test_an_agency_about_which_nothing_is_known_lacks_everything(cast: Cast) -> None:
    """什么都没有登记的机关：缺六项联系方式、分类和获取方式，不编造。"""
    guide = build_guide(known_of(cast.grain, date(2024, 6, 3)))
    assert len(guide.missing) == len(LABELS) + 2
    assert [block for block in guide.blocks if isinstance(block, Table)] == []


def test_what_is_known_comes_from_columns_and_contacts(cast: Cast) -> None:
    """分类来自全县的上层栏目，渠道来自本机关负责的栏目。"""
    top = column(cast, "top", name="专栏甲", owner=cast.lakes)
    column(cast, "low", name="专栏乙", parent=top)
    known = known_of(cast.grain, date(2024, 6, 3))
    assert (known.parts, known.ways) == ((Part("专栏甲", ("专栏乙",)),), ("政府网站",))
