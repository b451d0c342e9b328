"""What is public is found, all of it, from the moment it is public to the moment it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import Settings

from gongkai.documents.actions import Draft, attach_file, open_draft
from gongkai.documents.models import FileText, Kind
from gongkai.files.extract import extract
from gongkai.files.kinds import Kind as FileKind
from gongkai.jobs.models import Job
from gongkai.jobs.work.progress import Progress
from gongkai.policies.actions import Dates, enter_norm
from gongkai.publication.actions import PublicationRefused, publish_edition, withdraw
from gongkai.publication.actions.finding import MendedIndex, mend_index, rebuild_index
from gongkai.publication.actions.writing import ask_everything, write_all_due
from gongkai.publication.jobs import verify_pages
from gongkai.publication.models import Publication
from gongkai.search.actions import indexing, write_snapshot
from gongkai.search.entry import Audience
from gongkai.search.jobs import SNAPSHOT, take_snapshot
from gongkai.search.queries import find
from gongkai.search.snapshot import find_in_snapshot
from gongkai.search.sources import unequal_keys
from gongkai.text import bigrams
from gongkai.text.folding import fold
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish, urgent
from tests.rooms.publication.test_publishing import nothing
from tests.rooms.review.panel import sealed

HTML: Any = import_module("lxml.html")  # it has no types
Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
_TABLE = (
    "<p>补贴发放如<b>下</b>表，全角ＡＢＣ。</p><table><thead><tr><th scope='col'>乡镇</th>"
    "<th scope='col'>金额</th></tr></thead><tbody><tr><td>杏林<br>乡</td><td>1,250元</td></tr></tbody></table>"
)
_BOOK = pdf(*[f"Page {n} of the plan, item {n * 7}" for n in range(1, 401)])


class Unseen(Progress):
    """Progress nobody looks at."""

    def __init__(self) -> None:
        """Belong to no job."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Tell nobody."""


def urls(typed: str) -> set[str]:
    return {hit.url for hit in find(typed, facets=False).hits}


@pytest.fixture
def shelf(cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits) -> Path:
    """Publish a few items: a table, a long PDF, fields of a kind, many of one word."""
    with django_capture_on_commit_callbacks(execute=True):
        edition = open_draft(cast.grain, Draft(Kind.NOTICE, "耕地补贴公示", _TABLE), by=cast.chen)
        attach_file(edition, BytesIO(_BOOK), name="方案全文.pdf", label="方案", by=cast.chen)
        sealed(cast, edition)
        edition.refresh_from_db()
        publish_edition(edition, by=cast.chen)
    publish(
        cast, "湖泊清淤通知", "防汛值班安排", "清淤补贴问答", at=datetime(2024, 4, 1, tzinfo=UTC)
    )
    write_all_due(nothing)
    return public


def said(public: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield address and folded texts of every item as the files have them: title, what follows, each of its files.

    What the page itself says of every item (when it went out, how large a file is) is not the item's text.
    """
    for page in public.glob("n/2*/*/index.html"):
        (article,) = HTML.fromstring(page.read_text()).xpath("//article")
        (title,) = article.xpath("h1")
        for furniture in article.xpath("h1 | p[@class='byline'] | h2 | .//span[@class='hint']"):
            furniture.drop_tree()
        for line in article.iter("br", "p", "td", "th", "li", "dt", "dd", "tr"):
            line.tail = " " + (line.tail or "")
        texts = [
            extract(file.read_bytes(), FileKind.PDF).visible for file in page.parent.glob("files/*")
        ]
        yield (
            f"/{page.parent.relative_to(public)}/",
            [fold(text) for text in (title.text_content(), article.text_content(), *texts)],
        )


def containing(pages: Iterable[tuple[str, list[str]]], words: Sequence[str]) -> set[str]:
    """Return the pages that hold every one of *words*, each in one of its texts."""
    return {
        where
        for where, texts in pages
        if all(any(word in text for text in texts) for word in words)
    }


_WORDS = (
    "补贴",
    "下表",
    "abc",
    "杏林",
    "1,250元",
    "金额",
    "page 399",
    "item 2793",
    "清淤",
    "值班",
    "没有的词",
)


@pytest.mark.parametrize("typed", _WORDS)
def test_what_the_files_say_is_found_and_nothing_else(shelf: Path, typed: str) -> None:
    """不变量九：检索结果就是公开网页和附件的文字里包含所查词的那些；表格、换行、加粗、四百页的附件都在内。"""
    assert urls(typed) == containing(said(shelf), fold(typed).split())


@given(st.data())
@trying(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_piece_of_a_page_finds_it(shelf: Path, data: st.DataObject) -> None:
    """不变量九：从任一公开网页任取一段文字，都能找到它，结果与逐页查找完全相同。"""
    pages = list(said(shelf))
    text = data.draw(st.sampled_from(pages))[1][data.draw(st.integers(0, 1))]
    start = data.draw(st.integers(0, min(len(text), 400) - 2))
    words = text[start : start + data.draw(st.integers(2, 8))].split()
    if words and all(len(word) > 1 for word in words):
        found = urls(" ".join(words))
        assert found == containing(pages, words)
        assert found


def test_withdrawn_it_is_found_no_more(cast: Cast, shelf: Path) -> None:
    """撤下与不再检索得到在同一事务里；撤下没有成，检索照旧。"""
    one = Publication.objects.get(edition__title="防汛值班安排")
    assert urls("防汛值班") == {f"/n/2024/{one.document.url_key}/"}
    with pytest.raises(PublicationRefused):
        withdraw(one, reason=" ", by=cast.zhao)
    assert len(urls("防汛值班")) == 1
    withdraw(one, reason="内容有误", by=cast.zhao)
    assert urls("防汛值班") == set()
    assert unequal_keys() == ([], [])


def test_a_number_given_later_is_found_in_any_spelling(cast: Cast) -> None:
    """文号在文件库登记后即可检索，括号全角半角、写不写“号”都一样。"""
    (one,) = publish(cast, "储备粮管理办法")
    day = date(2024, 3, 1)
    dates = Dates(written_on=day, published_on=day, in_force_on=day)
    enter_norm(one.document, number="示粮〔2024〕7号", dates=dates, judged_on=day, by=cast.li)
    where = {f"/n/2024/{one.document.url_key}/"}
    assert [urls(typed) for typed in ("示粮〔2024〕7号", "示粮[2024]7号", "示粮(2024)7")] == [
        where
    ] * 3


def test_the_index_can_be_built_anew_and_compared(cast: Cast) -> None:
    """索引由台账重建：多的、缺的都能指出，重建后相同。"""
    first, second = publish(cast, "公告甲", "公告乙")
    indexing.remove(first.document.uid, audience=Audience.PUBLIC)
    assert unequal_keys() == ([first.document.uid], [])
    Publication.objects.filter(pk=second.pk).update(live=None)
    assert unequal_keys() == ([first.document.uid], [second.document.uid])
    assert rebuild_index(lambda said: None) == 1
    assert unequal_keys() == ([], [])


def test_with_an_index_of_another_version_nothing_goes_out_unfound(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """索引是别的版本建立的：不改动、不出错页，说明请管理员重建；夜间核对自己重建，此后照常办理。"""
    edition = urgent(cast)
    publish_edition(edition, by=cast.chen)
    one = Publication.objects.get(edition=edition)
    monkeypatch.setattr(bigrams, "VERSION", bigrams.VERSION + 1)
    with pytest.raises(PublicationRefused, match="请系统管理员重建索引"):
        withdraw(one, reason="内容有误", by=cast.zhao)
    assert Publication.objects.get(pk=one.pk).live is True
    Publication.objects.filter(pk=one.pk).update(live=None)
    assert mend_index() == MendedIndex(0, 1)
    Publication.objects.filter(pk=one.pk).update(live=True)
    assert mend_index() == MendedIndex(1, 0)
    withdraw(one, reason="内容有误", by=cast.zhao)
    assert unequal_keys() == ([], [])


def test_a_file_of_an_earlier_version_is_read_when_the_index_is_built(
    cast: Cast, shelf: Path
) -> None:
    """升级以前上传的附件没有读过：重建索引时补读，附件里的字也查得到（不变量九）。"""
    FileText.objects.all().delete()
    rebuild_index(lambda said: None)
    assert len(urls("page 399")) == 1


def test_what_was_taken_away_leaves_the_snapshot_too(
    cast: Cast,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    """撤下以后，数据库停用时用的检索副本随即重写，不必等到夜里。"""
    settings.DATA = tmp_path
    (one,) = publish(cast, "误发的公告")
    write_snapshot(lambda said: None)
    assert find_in_snapshot("误发的公告").total == 1
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, reason="内容有误", by=cast.zhao)
    assert Job.objects.filter(kind=SNAPSHOT).count() == 1
    take_snapshot({}, Unseen())
    assert find_in_snapshot("误发的公告").total == 0


def test_the_nightly_comparison_mends_the_index(cast: Cast, public: Path) -> None:
    """夜间核对：检索索引缺了什么，写明并重建（不变量九）。"""
    one, two = publish(cast, "公告甲", "公告乙")
    Publication.objects.filter(pk=two.pk).update(live=None)
    ask_everything()
    write_all_due(nothing)
    indexing.remove(one.document.uid, audience=Audience.PUBLIC)
    told = verify_pages({}, Unseen()).text
    assert told.splitlines() == [
        "每个网页都与台账一致。",
        "检索索引缺 1 条、多 1 条，已改正。",
    ]
    assert unequal_keys() == ([], [])
