"""A row is corrected or taken down; its place stays, its content leaves the public pages at once."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.jobs.identity import CLOCKWORK
from gongkai.publication.actions import writing
from gongkai.registers.actions import correct_entry, expire_shown, remove_entry
from gongkai.registers.models import Change, Entry, Removal
from gongkai.registers.queries import FULL, Verdict, plan_of, values_of
from gongkai.registers.refusal import RegisterRefused
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.publication.test_publishing import nothing
from tests.rooms.registers.tables import PENALTY, confirmed, entered, penalties, staged

pytestmark = pytest.mark.django_db(transaction=True)


def unmoved(done: int, total: int, what: str) -> None:
    """Progress nobody looks at."""


def test_a_correction_keeps_what_was_said(cast: Cast, public: Path) -> None:
    """更正：公示页在办完时已是新的；原来的内容、理由和办理人留着；看的不是最新的，不改。"""
    entry = entered(cast)
    writing.write_all_due(nothing)
    values = {**values_of(entry), "result": "罚款六百元"}
    correct_entry(entry, values, expecting=1, reason="决定书补正", by=cast.chen)
    page = (public / "penalties/index.html").read_text()
    assert ("罚款六百元" in page, "罚款五百元" in page) == (True, False)
    change = Change.objects.get()
    assert (change.reason, change.by_person, change.revision) == ("决定书补正", cast.chen, 2)
    with pytest.raises(RegisterRefused, match="刚刚由同事改动"):
        correct_entry(entry, values, expecting=1, reason="再改", by=cast.chen)
    with pytest.raises(RegisterRefused, match="没有改动任何一项"):
        correct_entry(entry, values, expecting=2, reason="再改", by=cast.chen)
    with pytest.raises(RoleRefused):
        correct_entry(entry, values, expecting=2, reason="再改", by=cast.sun)


def test_what_is_taken_down_is_gone_from_every_form(cast: Cast, public: Path) -> None:
    """行政处罚法第四十八条：撤销的写明文书号和理由；修复的只写已撤下。内容在网页、表格、数据里都没有了，位置还在。"""
    confirmed(cast, *penalties(3))
    writing.ask_everything()
    writing.write_all_due(nothing)
    first, second, third = Entry.objects.select_related("agency").order_by("county_n")
    with pytest.raises(RegisterRefused, match="作出那个决定的日期"):
        remove_entry(first, removal=Removal.REVOKED, reason="复议撤销", by=cast.chen)
    on = date(2024, 10, 10)
    remove_entry(first, removal=Removal.REVOKED, reason="复议撤销", on=on, by=cast.chen)
    remove_entry(second, removal=Removal.REPAIRED, reason="已修复", on=on, by=cast.chen)
    remove_entry(third, removal=Removal.MISTAKEN, reason="登错了", by=cast.chen)
    files = [path for path in public.rglob("index.*") if "penalties" in path.parts]
    assert [path for path in files if "乙粮油" in path.read_text()] == []
    assert len(files) == 12  # 全县和本机关，最新页和归档页，各三种形式
    page = (public / "o/T00000003/penalties/p/0001/index.html").read_text()
    assert [word in page for word in ("1号 已被变更或者撤销", "复议撤销", "2号", "登错了")] == [
        True,
        True,
        False,
        False,
    ]
    assert page.count("本条已撤下") == 2
    assert [one.verdict for one in plan_of(staged(cast, PENALTY), rules_on(on)).judged] == [
        Verdict.REMOVED
    ]
    assert writing.mend(unmoved).found == []


def test_what_was_shown_long_enough_is_taken_down_at_night(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """公示期满：截止期当天还在，次日撤下；没有写截止期的，满三年撤下；不用人动手。"""
    confirmed(cast, PENALTY, {**penalties(2)[1], "公示截止期": ""})
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 9, 26, 2, tzinfo=UTC))
    assert expire_shown(by=CLOCKWORK) == 0
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 9, 27, 2, tzinfo=UTC))
    assert expire_shown(by=CLOCKWORK) == 1
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 9, 27, 2, tzinfo=UTC))
    assert expire_shown(by=CLOCKWORK) == 0
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 9, 28, 2, tzinfo=UTC))
    assert expire_shown(by=CLOCKWORK) == 1
    assert set(Entry.objects.values_list("removal", flat=True)) == {"expired"}


def test_pages_are_numbered_from_the_oldest_and_safe_to_open(cast: Cast, public: Path) -> None:
    """满一百条的页不再变动；三种形式行数相同；表格软件不会把单元格当成公式。"""
    writing.ask_everything()
    rows = [{**one, "备注": "=HYPERLINK(1)"} for one in penalties(FULL)]
    confirmed(cast, *rows)
    writing.write_all_due(nothing)
    first = (public / "penalties/p/0001/index.html").read_bytes()
    confirmed(cast, {**penalties(FULL + 1)[-1], "备注": ""})
    writing.write_all_due(nothing)
    assert (public / "penalties/p/0001/index.html").read_bytes() == first
    table = (public / "penalties/p/0001/index.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(table)))
    assert (len(lines), lines[1][-4]) == (FULL + 1, "'=HYPERLINK(1)")
    twin = json.loads((public / "penalties/p/0001/index.json").read_bytes())
    assert [row["number"] for row in twin["rows"]] == [line[1] for line in lines[1:]]
    newest = json.loads((public / "penalties/index.json").read_bytes())
    assert (twin["rows"][0]["fine"], newest["total"], newest["older"]) == (
        50_000,
        FULL + 1,
        "/penalties/p/0002/",
    )
    assert writing.mend(unmoved).found == []


def test_a_row_can_be_neither_deleted_nor_its_past_rewritten(cast: Cast) -> None:
    """不变量三：数据库自己拒绝删除台账的行、改写改动记录。"""
    entry = entered(cast)
    remove_entry(entry, removal=Removal.MISTAKEN, reason="登错了", by=cast.chen)
    for act in (Entry.objects.all().delete, lambda: Change.objects.update(reason="别的")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
