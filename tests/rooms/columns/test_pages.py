"""The pages of columns and catalogues: arranging, two steps of an import, the export, the guide."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.audit import clock
from gongkai.columns import freshness
from gongkai.columns.actions.entering import enter_catalogue
from gongkai.columns.models import CatalogueItem, Column, ColumnEnding
from gongkai.columns.queries import answering_on, names_on
from gongkai.law.platform import STANDARD_TREE
from gongkai.people.models import Person
from tests.rooms.agencies.county import merge
from tests.rooms.cast import Cast
from tests.rooms.columns.making import appearing, column
from tests.rooms.columns.sheets import openpyxl, row, table, workbook
from tests.rooms.columns.test_catalogue import ENTRY
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root

IMPORT = "/desk/columns/catalogue/import/"
OPEN = {
    "name": "粮食储备",
    "slug": "grain-reserve",
    "section": "special",
    "parent": "",
    "owner": "T00000003",
    "opened": "2024-01-02",
    "basis": "《政府信息公开条例》第二十条第十五项",
    "duty": "20.15",
    "field": "",
    "limit_kind": "working_day",
    "limit_days": "20",
    "freshness": "own",
    "rhythm_days": "30",
    "channels": ["website", "print"],
    "audience": "all",
    "manner": "active",
    "level": "county",
    "template": "list",
}


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"c{person.pk}"))
    return client


def errors(answer: object) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}  # type: ignore[attr-defined]


def sent(client: Client, data: bytes, field: str = "") -> object:
    file = SimpleUploadedFile("目录.xlsx", data)
    return client.post(IMPORT, {"file": file, "field": field})


def test_a_column_lives_on_the_desk(cast: Cast) -> None:
    """开设、更名、移动、移交、停用，各一张表；每一步都回到栏目页。"""
    client = signed_in(cast.li)
    top = column(cast, "top")
    assert client.post("/desk/columns/open/", OPEN).status_code == 302
    made = Column.objects.get(slug="grain-reserve")
    assert (made.duty, made.limit.words, made.channels) == (
        *("20.15", "20个工作日内", ["website", "print"]),
    )
    one = "/desk/columns/c/grain-reserve/"
    for step, fields in (
        ("rename/", {"name": "储备", "since": "2024-02-01"}),
        ("move/", {"parent": "top", "on": "2024-02-01"}),
        ("hand-over/", {"owner": "T00000004", "since": "2024-02-01"}),
        ("close/", {"on": "2024-03-01", "reason": "并入", "moved_to": "top"}),
    ):
        answer = client.post(one + step, fields)
        assert (answer.status_code, answer.headers.get("Location")) == (302, one)
    made.refresh_from_db()
    assert (names_on(date(2024, 2, 1))[made.pk], made.parent) == ("储备", top)
    assert answering_on(date(2024, 2, 1))[made.pk].agency == cast.lakes.pk
    assert ColumnEnding.objects.get().moved_to == top
    assert client.get(one).status_code == 200


def test_a_refusal_comes_back_to_its_form(cast: Cast) -> None:
    """拒绝写在表上，说明原因和办法，什么都没有开设。"""
    client = signed_in(cast.li)
    wrong = client.post("/desk/columns/open/", {**OPEN, "limit_kind": "immediate"})
    assert errors(wrong) == {
        "__all__": [
            "公开时限和天数对不上：按工作日、自然日计算的要写天数，及时、实时、永久公开的不写。"
        ]
    }
    ascii_only = client.post("/desk/columns/open/", {**OPEN, "slug": "粮食"})
    assert list(errors(ascii_only)) == ["slug"]
    assert Column.objects.count() == 0


def test_the_standard_tree_is_adopted_from_the_page(cast: Cast) -> None:
    """按标准补齐，先由县政府办公室负责；补齐以后不再提示。"""
    client = signed_in(cast.li)
    assert "还缺" in client.get("/desk/columns/").content.decode()
    assert client.post("/desk/columns/standard/").status_code == 302
    assert {one.agency for one in answering_on(date.max).values()} == {cast.office.pk}
    page = client.get("/desk/columns/")
    assert len(page.context["rows"]) == len(STANDARD_TREE)
    assert "还缺" not in page.content.decode()


def test_the_tree_asks_the_same_number_of_queries(cast: Cast) -> None:
    """栏目多了，查询次数不变。"""
    client = signed_in(cast.li)
    column(cast, "one")
    client.get("/desk/columns/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/desk/columns/")
    for n in range(12):
        column(cast, f"more-{n}")
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/columns/")
    assert len(many) == len(few)


def test_a_column_without_a_single_heir_says_so(cast: Cast) -> None:
    """并入以后，承接机关的人看得到，页面写明由谁负责。"""
    column(cast, "lake-levels", owner=cast.lakes)
    merge(cast)
    page = signed_in(cast.chen).get("/desk/columns/c/lake-levels/")
    assert (page.context["owner"].agency, page.context["answering"].gone) == (cast.grain, False)


def test_an_import_is_checked_then_entered(cast: Cast) -> None:
    """两步：检查不写入；录入的正是检查过的。"""
    client = signed_in(cast.li)
    answer = sent(client, workbook(row(), row(item2="轮换")))
    assert answer.context["changes"] == (2, 0, 0)  # type: ignore[attr-defined]
    assert CatalogueItem.objects.count() == 0
    done = client.post(IMPORT, {"rows": answer.context["signed"]})  # type: ignore[attr-defined]
    assert (done.status_code, CatalogueItem.objects.count()) == (302, 2)


def test_an_import_with_problems_offers_no_entering(cast: Cast) -> None:
    """有问题的文件列出每一行，不给录入的按钮。"""
    answer = sent(signed_in(cast.li), workbook(row(agency="县海洋局<script>"), row(content="=1")))
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert [(one.row, one.sentence[:12]) for one in answer.context["shown"]] == [  # type: ignore[attr-defined]
        (4, "没有名称为“县海洋局<s"),
        (5, "“公开内容（要素）”是公"),
    ]
    assert 'name="rows"' not in text
    assert "<script>”" not in text


def test_a_changed_check_is_not_entered(cast: Cast) -> None:
    """改过一个字的检查结果不录入（签名不符）。"""
    client = signed_in(cast.li)
    signed = sent(client, table(row()), "finance").context["signed"]  # type: ignore[attr-defined]
    for rows in (signed[:-1], "x", "", signed.replace(":", "", 1)):
        assert client.post(IMPORT, {"rows": rows}).status_code == 302
    assert CatalogueItem.objects.count() == 0


def test_the_export_holds_only_what_one_may_see(cast: Cast) -> None:
    """不变量四：信息员导出的表里只有本机关的事项。"""
    enter_catalogue([ENTRY, replace(ENTRY, agency="T00000004", content="外局的")], by=cast.li)

    def contents(person: Person) -> list[object]:
        answer = signed_in(person).get("/desk/columns/catalogue/export.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["财政预决算"]
        return [sheet.cell(n, 4).value for n in range(4, sheet.max_row + 1)]

    assert contents(cast.chen) == ["品种、数量、时间"]
    assert contents(cast.li) == ["品种、数量、时间", "外局的"]


def test_an_item_is_given_its_column(cast: Cast) -> None:
    """事项对应到栏目，在清单上写出来。"""
    enter_catalogue([ENTRY], by=cast.li)
    made, item = column(cast, "grain-reserve", name="粮食储备"), CatalogueItem.objects.get()
    client = signed_in(cast.li)
    link = f"/desk/columns/catalogue/{item.uid}/column/"
    assert client.post(link, {"column": "grain-reserve"}).status_code == 302
    item.refresh_from_db()
    assert item.column == made
    assert "粮食储备" in client.get("/desk/columns/catalogue/").content.decode()


def test_overdue_columns_are_found_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """国办秘函〔2019〕19号：空白和过期的栏目一处列出；领着下级的、由数据生成的不算。"""
    top = column(cast, "top")
    late, _, empty = (column(cast, one, parent=top) for one in ("late", "fresh", "empty"))
    column(cast, "guide")
    days = {"late": clock.today() - timedelta(days=31), "fresh": clock.today()}
    monkeypatch.setattr(freshness, "_sources", [appearing(days)])
    client = signed_in(cast.chen)
    assert client.get("/desk/columns/").context["late"] == 2
    rows = client.get("/desk/columns/?overdue=1").context["rows"]
    assert [(row.column, row.verdict.late_by) for row in rows] == [(late, 1), (empty, 0)]
