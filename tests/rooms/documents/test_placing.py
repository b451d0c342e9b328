"""In which columns a draft is to appear: proposed by its kind, chosen by its author, approved with its text."""

from __future__ import annotations

import pytest

from gongkai.audit import clock
from gongkai.columns.actions.keeping import close_column
from gongkai.documents.actions import close_edition, save_draft
from gongkai.documents.models import Edition, Kind
from gongkai.documents.placing import MOST, offered
from gongkai.documents.queries import shortcomings
from gongkai.documents.refusal import DocumentRefused
from gongkai.review.paragraphs import read
from tests.rooms.cast import Cast
from tests.rooms.columns.making import column
from tests.rooms.documents.drafts import draft


def chosen(edition: Edition, *columns: str, by: object) -> Edition:
    return save_draft(
        edition,
        title=edition.title,
        text="正文",
        fields={},
        columns=columns,
        expecting=edition.revision,
        by=by,  # type: ignore[arg-type]
    )


def test_the_kind_proposes_and_the_author_chooses(cast: Cast) -> None:
    """按种类建议主栏目；可以改选本机关负责的栏目，审核人看到的正是所选，主栏目在前。"""
    column(cast, "notices", name="通知公告", owner=cast.office)
    column(cast, "grain-reserve", name="粮食储备")
    column(cast, "lake-levels", name="水位", owner=cast.lakes)
    edition = draft(cast)
    assert edition.content.columns == ("notices",)
    assert offered(cast.grain, Kind.NOTICE) == [
        ("notices", "通知公告"),
        ("grain-reserve", "粮食储备"),
    ]
    chosen(edition, "grain-reserve", "notices", by=cast.chen)
    edition.refresh_from_db()
    assert read(edition).facts[0] == ("公开栏目", "粮食储备，另在通知公告")


def test_what_is_no_place_for_it_is_refused(cast: Cast) -> None:
    """条例第十条：外机关的、停用的、不存在的栏目和重复、过多的选择，都说明原因，草稿不变。"""
    column(cast, "notices", owner=cast.office)
    column(cast, "lake-levels", owner=cast.lakes)
    edition = draft(cast)
    before = edition.sha256
    for columns, said in (
        (("lake-levels",), "栏目“lake-levels”已停用，或者既不由本机关负责"),
        (("nothing\x00",), "已停用，或者既不由本机关负责"),
        (("notices", "notices"), "同一个栏目选了两次"),
        (("notices",) * (MOST + 1), f"至多放进 {MOST} 个栏目"),
    ):
        with pytest.raises(DocumentRefused, match=said):
            chosen(edition, *columns, by=cast.chen)
    edition.refresh_from_db()
    assert edition.sha256 == before


def test_without_a_column_that_takes_something_nothing_is_closed(cast: Cast) -> None:
    """没有选主栏目的、所选栏目已停用的，不能封存送审；没有栏目的县不拦。"""
    edition = draft(cast)
    assert shortcomings(edition) == []
    made = column(cast, "notices", owner=cast.grain)
    (lacking,) = shortcomings(edition)
    assert lacking.startswith("还没有选主栏目")
    chosen(edition, "notices", by=cast.chen)
    edition.refresh_from_db()
    assert shortcomings(edition) == []
    column(cast, "news")
    close_column(made, on=clock.today(), reason="并入", by=cast.li)
    with pytest.raises(DocumentRefused, match="栏目“notices”已停用，请另选。"):
        close_edition(edition, by=cast.chen)
