"""Rows of the registers are found: each that is shown, from when it is shown to when it is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from django.test import Client

from gongkai.audit import clock
from gongkai.jobs.models import Job
from gongkai.portal.filed.registers import WORDS
from gongkai.publication.actions.finding import MendedIndex, mend_index, rebuild_index
from gongkai.registers.actions import correct_entry, expire_shown, remove_entry
from gongkai.registers.models import Entry, Register, Removal
from gongkai.registers.queries import said, values_of
from gongkai.search.actions import write_snapshot
from gongkai.search.entry import Audience
from gongkai.search.jobs import SNAPSHOT
from gongkai.search.models import PublicEntry
from gongkai.search.queries import find
from gongkai.search.snapshot import find_in_snapshot
from gongkai.search.sources import unequal_keys
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish
from tests.rooms.registers.tables import LICENCE, PENALTY, PERSON, confirmed, entered, penalties

Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def urls(typed: str) -> list[str]:
    return [hit.url for hit in find(typed, facets=False).hits]


def test_what_the_table_shows_is_found(cast: Cast) -> None:
    """不变量九：表里看得到的每一格都检索得到，文书号怎么写都行，结果落在那一行；与信息一同分种类。"""
    publish(cast, "粮食收购经营台账检查通知")
    confirmed(cast, PENALTY)
    confirmed(cast, LICENCE, register=Register.LICENCE)
    page = Client().get("/penalties/p/0001/").text
    for row in Entry.objects.all():
        where = f"/{WORDS[row.register]}/p/0001/#n1"
        assert [text for _, text in said(row) if len(text) > 1 and where not in urls(text)] == []
    assert 'id="n1"' in page
    assert urls("示粮罚决字[2024]1号") == ["/penalties/p/0001/#n1"]
    shown = find("台账").facets
    assert shown is not None
    assert dict(shown.kinds) == {"penalty": 1, "notice": 1}
    text = Client().get("/search/?q=台账&kind=penalty").text
    assert ('href="/penalties/p/0001/#n1"' in text, "行政处罚决定" in text) == (True, True)


def test_a_natural_person_is_found_as_masked_only(cast: Cast) -> None:
    """个人信息保护法第二十五条：检索条目里的自然人也只有遮盖后的姓名。"""
    entered(
        cast,
        {
            **PENALTY,
            "行政相对人名称": PERSON,
            "行政相对人类别": "自然人",
            "统一社会信用代码": "",
            "违法事实": f"{PERSON}收购粮食未建台账",
        },
    )
    assert (urls(PERSON), len(urls("收购粮食未建台账"))) == ([], 1)
    assert PERSON not in "".join(PublicEntry.objects.values_list("body__folded", flat=True))


def test_a_row_is_found_no_longer_than_it_is_shown(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """更正以后按新的内容检索；撤下、期满以后检索不到，检索副本随即重写。"""
    confirmed(cast, *penalties(2))
    first, second = Entry.objects.select_related("agency").order_by("pk")
    values = {**values_of(first), "result": "罚款六百元"}
    correct_entry(first, values, expecting=1, reason="决定书补正", by=cast.chen)
    assert (len(urls("罚款六百元")), len(urls("罚款五百元"))) == (1, 1)
    write_snapshot(lambda said: None)
    assert find_in_snapshot("罚款六百元").total == 1
    with django_capture_on_commit_callbacks(execute=True):
        remove_entry(
            first, removal=Removal.REVOKED, reason="撤销", on=date(2024, 10, 8), by=cast.chen
        )
    assert (urls("罚款六百元"), Job.objects.filter(kind=SNAPSHOT).count()) == ([], 1)
    Entry.objects.filter(pk=second.pk).update(until=date(2024, 9, 28))
    assert (clock.today() > date(2024, 9, 28), expire_shown(by=cast.chen)) == (True, 1)
    assert (urls("罚款五百元"), unequal_keys()) == ([], ([], []))


def test_the_index_is_mended_and_rebuilt_with_the_rows(cast: Cast) -> None:
    """夜间核对和重建都算上双公示：少的补上，多的去掉，重建以后一条不差。"""
    publish(cast, "粮食收购通知")
    row = entered(cast)
    confirmed(cast, LICENCE, register=Register.LICENCE)
    before = urls("粮食")
    Entry.objects.filter(pk=row.pk).update(removal=Removal.MISTAKEN, removed_at=clock.now())
    assert mend_index() == MendedIndex(0, 1)
    Entry.objects.filter(pk=row.pk).update(removal="", removed_at=None)
    assert (mend_index(), urls("粮食")) == (MendedIndex(1, 0), before)
    assert (rebuild_index(lambda said: None), urls("粮食")) == (3, before)
    assert find("粮食", audience=Audience.PUBLIC).total == 3
