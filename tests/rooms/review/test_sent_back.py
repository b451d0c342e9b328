"""What was sent back: the author learns it on the item's page, the reviewer compares with it, files are read too."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.documents.actions import attach_file, next_edition, save_draft
from gongkai.documents.models import Edition
from gongkai.review.actions import reject_stage, submit_for_review, withdraw_submission
from gongkai.review.changes import compared
from gongkai.review.models import StageKind, Submission
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.review.panel import (
    PROVED,
    Panel,
    approve_through,
    draft,
    make_panel,
    submitted,
)
from tests.rooms.walk.world import signed_in


@pytest.fixture(autouse=True)
def static_root() -> None:
    make_static_root()


def rejected(submission: Submission, panel: Panel) -> None:
    """Let the first reviewer send *submission* back for its first paragraph."""
    approve_through(submission, panel, StageKind.SECRECY)
    reject_stage(
        submission,
        StageKind.FIRST,
        sha256=submission.edition.sha256,
        reason="日期有误",
        paragraph=1,
        signing=PROVED,
        by=panel[StageKind.FIRST],
    )


def rewritten(former: Edition, text: str, cast: Cast) -> Edition:
    """Begin the next edition of 小陈's, with another text."""
    edition = next_edition(former.document, by=cast.chen)
    return save_draft(
        edition,
        title=edition.title,
        text=text,
        fields={},
        expecting=edition.revision,
        by=cast.chen,
    )


def standing_of(edition: Edition, client: Client) -> str:
    """Return what the item's page says of the review, "" where it says nothing."""
    page = client.get(f"/desk/items/{edition.document.url_key}/").text
    _, begin, rest = page.partition('aria-labelledby="standing-of-review">')
    return rest.partition("</section>")[0] if begin else ""


def test_the_item_says_whose_turn_it_is_and_since_when(cast: Cast) -> None:
    """审核中：写明到了哪一级、从什么时候起、谁可以办；签封以后不再说，由“可以发布”接着说。"""
    panel, submission, client = make_panel(cast), submitted(cast), signed_in(cast.chen)
    approve_through(submission, panel, StageKind.SECRECY)
    since = clock.in_shanghai(submission.verdicts.get().at)
    said = standing_of(submission.edition, client)
    wanted = (
        "第 1 版审核中，等待初审",
        "今天送审",
        f"{since:%Y-%m-%d %H:%M} 起等待初审",
        "可以办理的：初审甲。",
        f"/desk/review/{submission.uid}/",
    )
    assert [one for one in wanted if one not in said] == []
    approve_through(submission, panel, StageKind.FIRST, StageKind.SECOND, StageKind.FINAL)
    page = client.get(f"/desk/items/{submission.document.url_key}/").text
    assert standing_of(submission.edition, client) == ""
    assert ("第 1 版可以发布，还没有公开" in page, "核对后发布" in page) == (True, True)


def test_the_item_says_why_it_was_sent_back_and_what_is_next(cast: Cast) -> None:
    """退回：理由、段号、接下来怎么办写在这件信息的页面上；已经另立新版的，说第几版；再送审的说新的一版。"""
    panel, submission, client = make_panel(cast), submitted(cast), signed_in(cast.chen)
    rejected(submission, panel)
    said = standing_of(submission.edition, client)
    where = f'/desk/review/{submission.uid}/#p1">第 1 段'
    wanted = ("第 1 版已退回", "初审初审甲", "理由：日期有误", where, "“另立新版本”")
    assert [one for one in wanted if one not in said] == []
    second = rewritten(submission.edition, "改好的正文。", cast)
    assert "第 2 版已经另立，改好后送审" in standing_of(second, client)
    again = submit_for_review(second, by=cast.chen)
    assert "第 2 版审核中，等待保密审查" in standing_of(second, client)
    withdraw_submission(again, reason="漏了附件", by=cast.chen)
    assert "撤回送审。理由：漏了附件" in standing_of(second, client)


def test_a_reviewer_compares_with_what_was_sent_back(cast: Cast) -> None:
    """再次送审：与退回的那一版逐段对照，列出当时的理由；没有退回过的没有；退回之后又签封过的不再比。"""
    panel, submission = make_panel(cast), submitted(cast)
    assert compared(submission.edition) == []
    rejected(submission, panel)
    second = rewritten(submission.edition, "公告正文，三月八日起。", cast)
    again = submit_for_review(second, by=cast.chen)
    (found,) = compared(second)
    assert (found.former, found.known_as, found.count) == (submission.edition, "已退回", 1)
    page = signed_in(panel[StageKind.SECRECY]).get(f"/desk/review/{again.uid}/verdict/").text
    wanted = ("与已退回的第 1 版相比", "初审退回的理由：日期有误", "<ins>，三月八日起</ins>")
    assert [one for one in wanted if one not in page] == []
    approve_through(again, panel)
    assert compared(rewritten(second, "第三稿。", cast)) == []


def test_a_reviewer_opens_the_files_that_are_signed(cast: Cast) -> None:
    """谁审核谁负责：附件在审核页打得开，就是所审的字节；别的单位打不开，没有的那一个答 404（不变量四）。"""
    panel, edition, content = make_panel(cast), draft(cast), pdf("x")
    attach_file(edition, BytesIO(content), name="原文.pdf", label="原文扫描", by=cast.chen)
    submission = submit_for_review(edition, by=cast.chen)
    client, at = signed_in(panel[StageKind.SECRECY]), f"/desk/review/{submission.uid}/"
    assert f'href="{at}files/1/">原文.pdf</a>' in client.get(f"{at}verdict/").text
    answer = client.get(f"{at}files/1/")
    assert (b"".join(answer), answer["Content-Type"]) == (content, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    missing = [client.get(f"{at}files/{n}/").status_code for n in (0, 2)]
    assert (missing, signed_in(cast.sun).get(f"{at}files/1/").status_code) == ([404, 404], 404)
