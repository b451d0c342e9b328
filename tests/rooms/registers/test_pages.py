"""The desk pages of the registers: empty, a file from upload to confirmation, a row to its end."""

from __future__ import annotations

from io import BytesIO

from django.test import Client
from pytest_django.asserts import assertNumQueries

from gongkai.registers.models import Entry, Import, Register
from tests.rooms.cast import Cast
from tests.rooms.registers.tables import (
    ID_NUMBER,
    LICENCE,
    PENALTY,
    PERSON,
    confirmed,
    penalties,
    rows_as_csv,
)
from tests.rooms.walk.world import signed_in


def send(client: Client, code: str, data: bytes) -> tuple[int, str]:
    file = BytesIO(data)
    file.name = "处罚.csv"
    answer = client.post(
        "/desk/registers/import/", {"register": "penalty", "agency": code, "file": file}
    )
    return answer.status_code, answer.headers.get("Location", answer.content.decode())


def test_from_the_empty_page_to_a_row_taken_down(cast: Cast) -> None:
    """空台账 → 上传 → 对照 → 确认 → 更正 → 撤下，每一步都在页面上办成，公众页面随之改变。"""
    client = signed_in(cast.chen)
    assert "没有双公示信息" in client.get("/desk/registers/").content.decode()
    status, preview = send(client, cast.grain.code, rows_as_csv(PENALTY))
    assert status == 302
    page = client.get(preview).content.decode()
    assert "新增：1 行" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(f"{preview}confirm/", {"seen": seen}).status_code == 302
    row = f"/desk/registers/{Entry.objects.get().uid}/"
    assert (
        "示粮罚决字〔2024〕1号"
        in client.get("/desk/registers/?q=示粮罚决字[2024]").content.decode()
    )
    form = client.get(f"{row}correct/").context["form"]
    sent = {**form.initial, "result": "罚款六百元", "reason": "决定书补正"}
    assert client.post(f"{row}correct/", sent).status_code == 302
    assert "罚款六百元" in Client().get("/penalties/").content.decode()
    assert "决定书补正" in client.get(row).content.decode()
    refused = client.post(f"{row}remove/", {"removal": "revoked", "reason": "复议撤销"})
    assert (refused.status_code, "作出那个决定的日期" in refused.content.decode()) == (409, True)
    sent = {"removal": "revoked", "reason": "复议撤销", "on": "2024-10-10"}
    assert client.post(f"{row}remove/", sent).status_code == 302
    public = Client().get("/penalties/").content.decode()
    assert ("罚款六百元" in public, "复议撤销" in public) == (False, True)


def test_one_row_is_typed_looked_at_and_confirmed(cast: Cast) -> None:
    """逐条登记：与表格同样的要求、同样的遮盖、同样先对照再确认；再登记一次是没有变化，不会重复。"""
    client, address = signed_in(cast.chen), "/desk/registers/add/penalty/"
    form = client.get(address).context["form"]
    typed = {
        column.key: PENALTY[column.title]
        for column in form.layout.column
        if column.title in PENALTY and column.key != "fine"
    }
    typed |= {"agency": cast.grain.code, "fine": "500", "subject": PERSON}
    typed |= {"matter": f"{PERSON}收购粮食未建台账", "remark": f"身份证{ID_NUMBER}"}
    refused = client.post(address, {**typed, "decided_on": "2099-01-01"})
    assert (refused.status_code, "决定日期在今天之后" in refused.text) == (409, True)
    assert client.post(address, {**typed, "fine": "五百"}).context["form"].errors["fine"]
    assert not Import.objects.exists()
    typed |= {"subject_kind": "自然人", "credit_code": ""}
    preview = client.post(address, typed)["Location"]
    page = client.get(preview).text
    assert ("新增：1 行" in page, PERSON in page, Entry.objects.count()) == (True, False, 0)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(f"{preview}confirm/", {"seen": seen}).status_code == 302
    row = Entry.objects.get()
    assert (row.number, row.fine, row.subject, row.matter, ID_NUMBER in row.remark) == (
        *("示粮罚决字〔2024〕1号", 50000, "甄*实", "甄*实收购粮食未建台账"),
        False,
    )
    again = client.get(client.post(address, typed)["Location"]).text
    assert ("没有变化：1 行" in again, "确认导入" in again) == (True, False)


def test_a_wrong_file_is_told_and_another_agencys_is_not_there(cast: Cast) -> None:
    """错的表格：409，逐处列出，什么都没写；外局的预览和行都是 404，公众页面谁都能看。"""
    client = signed_in(cast.chen)
    status, page = send(client, cast.grain.code, rows_as_csv({**PENALTY, "处罚决定日期": "昨天"}))
    assert (status, "第 2 行 K 列“处罚决定日期”" in page, Import.objects.count()) == (409, True, 0)
    assert send(client, cast.lakes.code, rows_as_csv(PENALTY))[0] == 200  # 选不到外局
    found = confirmed(cast, LICENCE, register=Register.LICENCE)
    stranger = signed_in(cast.sun)
    assert [
        stranger.get(address).status_code
        for address in (
            f"/desk/registers/import/{found.uid}/",
            f"/desk/registers/{Entry.objects.get().uid}/",
            f"/o/{cast.grain.code}/licences/index.csv",
        )
    ] == [404, 404, 200]


def test_the_list_asks_few_questions(cast: Cast) -> None:
    """一页五十行，查询不随行数增加，不超过十二次。"""
    confirmed(cast, *penalties(60))
    client = signed_in(cast.chen)
    client.get("/desk/registers/")
    with assertNumQueries(10):
        client.get("/desk/registers/?q=示粮&state=shown")
