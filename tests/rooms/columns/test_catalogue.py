"""The standard catalogue: read, checked row by row, entered whole, written as the official table."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.queries import names_on, standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.columns.actions.entering import Entered, enter_catalogue, link_item
from gongkai.columns.catalogue.checking import Checked, changes, check_lines, entry_of
from gongkai.columns.catalogue.entry import Entry, Problem
from gongkai.columns.catalogue.reading import MOST_BYTES, MOST_ROWS, read_lines
from gongkai.columns.catalogue.writing import write_catalogue
from gongkai.columns.models import CatalogueItem
from gongkai.columns.queries import items_visible_to
from gongkai.columns.refusal import ColumnRefused
from gongkai.law.fields import FIELDS
from tests.rooms.cast import Cast
from tests.rooms.columns.making import column
from tests.rooms.columns.sheets import BELOW, TOP, openpyxl, row, table, workbook

ON = date(2024, 6, 3)
ENTRY = Entry(
    field="finance",
    item1="储备粮",
    item2="库存公告",
    agency="T00000003",
    content="品种、数量、时间",
    basis="《政府信息公开条例》",
    limit_text="信息形成或者变更之日起20个工作日内",
    channels=("website", "service_centre"),
    to_all=True,
    to_particular=False,
    particular="",
    active=True,
    on_request=False,
    at_county=True,
    at_township=False,
    at_village=False,
)


def checked(data: bytes, chosen: str = "") -> Checked:
    return check_lines(read_lines(data, FIELDS.get(chosen)), ON)


def exported() -> bytes:
    items = list(CatalogueItem.objects.select_related("agency").order_by("field", "pk"))
    return write_catalogue(items, {k: n.name for k, n in names_on(ON).items()}, "示例县")


def test_a_row_of_the_official_table_is_read(cast: Cast) -> None:
    """标准目录的两行表头、打√的格子、打■的渠道，读成一条事项。"""
    assert checked(workbook(row())) == Checked((ENTRY,), ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_needs_its_field_said(cast: Cast, encoding: str) -> None:
    """CSV 没有表名，领域在上传时选；常见的两种编码都认。"""
    data = table(row(), encoding=encoding)
    assert checked(data, "finance") == Checked((ENTRY,), ())
    with pytest.raises(ColumnRefused, match=r"看不出工作表“CSV”是哪个领域"):
        checked(data)


def test_merged_first_level_and_words_for_a_group_are_read(cast: Cast) -> None:
    """一级事项合并的只写一次；“特定群体”里写了是谁的，记下是谁。"""
    found = checked(
        workbook(row(), row(no="2", item1="", item2="轮换", to_all="", to_particular="√种粮农户"))
    )
    assert found == Checked(
        (
            ENTRY,
            replace(ENTRY, item2="轮换", to_all=False, to_particular=True, particular="种粮农户"),
        ),
        (),
    )


def test_a_village_level_is_optional(cast: Cast) -> None:
    """有的县有“村级”一列。"""
    data = workbook([*row(), "√"], head=([*TOP, ""], [*BELOW, "村级"]))
    assert checked(data) == Checked((replace(ENTRY, at_village=True),), ())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"content": ""}, "“公开内容（要素）”没有填写。"),
        (
            {"content": "=HYPERLINK(1)"},
            "“公开内容（要素）”是公式，不能录入。请在 Excel 里复制后“粘贴为数值”。",
        ),
        ({"basis": "依\u202e据"}, "“公开依据”里有看不见的控制字符，请删去重新输入。"),
        ({"item1": "长" * 101}, "“一级事项”有 101 字，超过 100 字，请改短。"),
        (
            {"agency": "县海洋局"},
            "没有名称为“县海洋局”的机关。“公开主体”请写一个现有机关的全称、简称或代码。",
        ),
        (
            {"channels": "政府网站、信鸽"},
            "“公开渠道和载体”里的“信鸽”不在标准目录列出的十三种之内。",
        ),
        ({"channels": "□政府网站"}, "没有选“公开渠道和载体”，至少选一种。"),
        ({"to_all": ""}, "“公开对象”一项也没有选，至少选一项。"),
        ({"active": "也许"}, "“主动”里的“也许”看不懂，选中请打“√”，不选请留空。"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(
    cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    """每一行的问题写明在哪个表、第几行、怎么改；对的行照样读出来。"""
    good = row(no="2", item2="轮换")
    found = checked(workbook(row(**changed), good))
    assert found.problems == (Problem("财政预决算", 4, sentence),)
    assert [entry.item2 for entry in found.entries] == ["轮换"]


def test_the_same_item_twice_in_a_file_is_said(cast: Cast) -> None:
    """同一领域、事项、主体在一个文件里写两遍，说明与哪一行重复。"""
    assert checked(workbook(row(), row(content="别的"))).problems == (
        Problem(
            "财政预决算",
            5,
            "与第 4 行是同一事项（领域、一级事项、二级事项、公开主体都相同），请合并。",
        ),
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", r"文件是空的"),
        (b"   \n", r"文件是空的"),
        (b"\xff\xfe\x00\x80\x81", r"打不开"),
        (b"PK\x03\x04broken", r"打不开"),
        (b"a" * (MOST_BYTES + 1), r"超过 4 MB"),
        ("姓名,电话\n甲,1\n".encode(), r"没有找到标准目录的表头"),
        (workbook(row(), head=(TOP, [*BELOW[:-1], ""])), r"表头缺少“乡级”"),
        (workbook(row(), head=(TOP, [*BELOW[:-1], "县级"])), r"表头缺少“乡级”"),
        (workbook(head=(TOP, BELOW)), r"没有一行事项"),
        (table(*[row(item2=str(n)) for n in range(MOST_ROWS + 5)]), r"超过 3000 行"),
        (workbook(row(), title="体育彩票"), r"哪个领域"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(data: bytes, sentence: str) -> None:
    """不是目录的文件说明原因和办法，不出故障。"""
    chosen = FIELDS["finance"] if data[:2] != b"PK" else None
    with pytest.raises(ColumnRefused, match=sentence):
        read_lines(data, chosen)


def test_a_hundred_thousand_rows_are_refused_without_reading_them_all() -> None:
    """十万行的表格读到上限就停。"""
    with pytest.raises(ColumnRefused, match=r"超过 (4 MB|3000 行)"):
        read_lines(workbook(*[["1", str(n)] for n in range(100_000)]), FIELDS["finance"])


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """随便什么字节，要么读出来，要么用一句话拒绝。"""
    for prefix in (b"", b"PK\x03\x04"):
        with contextlib.suppress(ColumnRefused):
            read_lines(prefix + data, FIELDS["finance"])


def test_entering_again_changes_nothing(cast: Cast) -> None:
    """同一份目录再录一遍：没有变化，日志也没有新记录。"""
    assert enter_catalogue([ENTRY], by=cast.li) == Entered(1, 0, 0)
    events = Event.objects.count()
    assert changes([ENTRY]) == (0, 0, 1)
    assert enter_catalogue([ENTRY], by=cast.li) == Entered(0, 0, 1)
    assert Event.objects.count() == events
    assert [entry_of(item) for item in CatalogueItem.objects.all()] == [ENTRY]


def test_a_known_item_is_changed_and_keeps_its_column(cast: Cast) -> None:
    """领域、事项、主体相同的是同一条：改内容，不另立一条，对应的栏目不变。"""
    enter_catalogue([ENTRY], by=cast.li)
    item, at = CatalogueItem.objects.get(), column(cast, "grain-reserve")
    link_item(item, column=at, by=cast.li)
    new, other = replace(ENTRY, content="新内容"), replace(ENTRY, agency="T00000004")
    assert changes([new, other]) == (1, 1, 0)
    assert enter_catalogue([new, other], by=cast.li) == Entered(1, 1, 0)
    item.refresh_from_db()
    assert (item.content, item.column) == ("新内容", at)
    assert CatalogueItem.objects.count() == 2


def test_entering_is_for_the_county_office_alone(cast: Cast) -> None:
    """标准目录由县政务公开办录入。"""
    with pytest.raises(RoleRefused, match=r"录入标准目录由县政府办公室的“政务公开办”办理"):
        enter_catalogue([ENTRY], by=cast.chen)
    assert CatalogueItem.objects.count() == 0


def test_a_bureau_sees_its_own_items(cast: Cast) -> None:
    """不变量四：各局只看到以本机关为公开主体的事项。"""
    enter_catalogue([ENTRY, replace(ENTRY, agency="T00000004")], by=cast.li)
    seen = {
        person.name: [item.agency.code for item in items_visible_to(standing_on(person, ON))]
        for person in (cast.chen, cast.sun, cast.li)
    }
    assert seen == {
        "信息员小陈": ["T00000003"],
        "外局孙": ["T00000004"],
        "初审李": ["T00000003", "T00000004"],
    }


def test_the_export_is_the_official_table(cast: Cast) -> None:
    """两行表头一字不差，该合并的合并；一级事项相同的合并成一格。"""
    enter_catalogue([ENTRY, replace(ENTRY, item2="轮换")], by=cast.li)
    sheet = openpyxl.load_workbook(io.BytesIO(exported()))["财政预决算"]
    rows = [[cell.value or "" for cell in one] for one in sheet.iter_rows()]
    assert rows[0][0] == "示例县财政预决算领域基层政务公开标准目录"
    assert rows[1:3] == [TOP, BELOW]
    assert rows[3] == [
        *("1", "储备粮", "库存公告", "品种、数量、时间", "《政府信息公开条例》"),
        *("信息形成或者变更之日起20个工作日内", "示例县粮食局"),
        "■政府网站\n□政府公报\n□两微一端\n□发布会/听证会\n□广播电视\n□纸质媒体\n□公开查阅点\n"
        "■政务服务中心\n□便民服务站\n□入户/现场\n□社区/企事业单位/村公示栏（电子屏）\n□精准推送\n□其他",
        *("√", "", "√", "", "√", ""),
    ]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {
        *("A1:N1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3"),
        *("I2:J2", "K2:L2", "M2:N2", "B4:B5"),
    }


_TEXT = st.text(st.characters(whitelist_categories=["Lo", "Nd", "Lu"]), min_size=1, max_size=20)


@given(
    st.lists(
        st.builds(
            replace,
            st.just(ENTRY),
            field=st.sampled_from(["finance", "health", "poverty-relief"]),
            item1=_TEXT,
            item2=_TEXT,
            content=_TEXT,
            to_particular=st.just(True),
            particular=_TEXT.filter(lambda text: text not in ("是", "有", "否", "无")),
            at_village=st.booleans(),
            on_request=st.booleans(),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda entry: entry.key,
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
def test_an_export_is_read_back_as_it_was(cast: Cast, entries: list[Entry]) -> None:
    """导出再导入，一条不变。"""
    enter_catalogue(entries, by=cast.li)
    again = checked(exported())
    assert again.problems == ()
    assert changes(again.entries) == (0, 0, len(again.entries))
    assert set(entries) <= set(again.entries)


def test_a_text_never_becomes_a_formula_in_the_export(cast: Cast) -> None:
    """导出的单元格一律是文字，以“=”开头的也不会变成公式。"""
    enter_catalogue([replace(ENTRY, content="=1+1")], by=cast.li)
    cell = openpyxl.load_workbook(io.BytesIO(exported()))["财政预决算"]["D4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
