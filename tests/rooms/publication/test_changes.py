"""A reviewer sees what changed since the last edition that went out."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.documents.actions import next_edition, save_draft
from gongkai.documents.models import Edition
from gongkai.publication.actions import publish_edition
from gongkai.review.actions import submit_for_review
from gongkai.review.changes import changes_of
from gongkai.text.body.comparison import Change
from tests.rooms.cast import Cast
from tests.rooms.columns.making import column
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.review.panel import draft, sealed

OLD = (
    "<p>一</p><p>二</p><p>三</p><table><tbody><tr><td>早稻</td><td>1.20</td></tr>"
    "<tr><td>晚稻</td><td>1.24</td></tr></tbody></table><p>四</p>"
)


@pytest.fixture(autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.mark.parametrize("placed", [False, True])
def test_a_reviewer_reads_what_changed_since_it_was_public(placed: bool, cast: Cast) -> None:
    """谁审核谁负责：与已公开的一版逐段逐格对照，段号与正文一致，选了栏目也一样；首发的没有可比。"""
    if placed:
        column(cast, "notices", name="通知公告")
    first = draft(cast)
    _save(first, OLD, cast)
    assert changes_of(first) is None
    sealed(cast, first)
    publish_edition(first, by=cast.chen)
    second = next_edition(first.document, by=cast.chen)
    _save(second, OLD.replace("1.24", "1.28"), cast)
    changes = changes_of(second)
    assert changes is not None
    shown = [(one.paragraph, one.skipped, one.row and one.row.change) for one in changes.shown]
    assert (changes.former, changes.count, shown) == (
        first,
        1,
        [
            (None, 4 + placed, None),
            (4, 0, Change.SAME),
            (5, 0, Change.CHANGED),
            (6, 0, Change.SAME),
        ],
    )
    submission = submit_for_review(second, by=cast.chen)
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    page = client.get(f"/desk/review/{submission.uid}/").text
    assert "与已公开的第 1 版相比" in page
    assert "<del>1.24</del>" in page
    every = client.get("/desk/review/all/?state=sealed&page=9").text
    assert every.count("/desk/review/" + str(submission.uid)) == 0
    assert str(submission.uid) in client.get("/desk/review/all/").text


def _save(edition: Edition, text: str, cast: Cast) -> None:
    title, revision = edition.title, edition.revision
    save_draft(edition, title=title, text=text, fields={}, expecting=revision, by=cast.chen)
