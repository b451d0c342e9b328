"""Killed (kill -9) at every step that lasts: nothing is half public, and one comparison finds and mends what is left."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connections
from pytest_django import Settings

from gongkai.audit.queries import verify_all
from gongkai.documents import blobs
from gongkai.documents.actions import attach_file, read_unread_files
from gongkai.documents.models import Edition, FileText
from gongkai.documents.queries import altered_files
from gongkai.people.models import Person
from gongkai.publication.actions import ending, expunging, pages, publish_edition, publishing
from gongkai.publication.actions.expunging import approve_expunging, propose_expunging
from gongkai.publication.actions.writing import Mended, mend, write_all_due
from gongkai.publication.models import PageJob, Publication
from gongkai.publication.pages import folder
from gongkai.review.actions import grant_urgent_waiver
from gongkai.search.queries import find
from gongkai.search.sources import unequal_keys
from tests.rooms.cast import Cast, make_cast
from tests.rooms.documents.drafts import draft
from tests.rooms.publication.approving import urgent
from tests.rooms.publication.conftest import only_touched
from tests.rooms.publication.test_pages import unmoved
from tests.rooms.publication.test_publishing import nothing

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


@pytest.fixture
def cast(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The invented county with a data folder of its own, and of the site what a publication touches."""
    settings.DATA = tmp_path
    made = make_cast()
    PageJob.objects.all().delete()
    only_touched(monkeypatch)
    return made


def let_out(cast: Cast, edition: Edition) -> Edition:
    """Let a leader of the bureau let *edition* out in an emergency."""
    urgent(cast, "随便")
    leader = Person.objects.get(staff_no="T-LEAD")
    grant_urgent_waiver(edition, reason="汛情紧急", by=leader)
    return edition


def killed(act: Act, at: tuple[ModuleType, str], *, turn: int = 1, after: bool = False) -> None:
    """Do *act* in a process that is killed at its *turn*-th call of a function, before it or right *after*."""
    connections.close_all()  # a connection is nobody's but its own process's
    pid = os.fork()
    if pid == 0:
        module, name = at
        setattr(module, name, _deadly(getattr(module, name), turn, after=after))
        try:
            act()
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL


def _deadly(ordinary: Callable[..., object], turn: int, *, after: bool) -> Callable[..., object]:
    calls = 0

    def deadly(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == turn and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = ordinary(*given, **named)
        if calls == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return deadly


def saying(public: Path, words: str) -> list[str]:
    """Return the public files that hold *words*."""
    return [one for one in folder.paths(public) if words in (public / one).read_text("utf-8")]


def mended(public: Path) -> list[str]:
    """Return what a comparison finds; the second finds nothing, and every chain holds."""
    found = mend(unmoved).found
    assert (mend(unmoved), verify_all(), unequal_keys()) == (Mended([], 0), [], ([], []))
    assert PageJob.objects.count() == 0
    pages.sweep(before=float("inf"))
    assert list((public / folder.WAITING).iterdir()) == []
    return found


def test_killed_while_publishing_it_is_public_or_not_at_all(cast: Cast, public: Path) -> None:
    """断电于发布的每一步：提交之前的，没有发布、没有网页、查不到；提交之后的，发布有效，核对补齐缺的网页。"""
    _before_the_commit(cast, public)
    _after_the_commit(cast, public)


def _before_the_commit(cast: Cast, public: Path) -> None:
    edition = urgent(cast)
    mend(unmoved)
    steps = (
        ((publishing, "own_pages"), 1, False),
        ((pages, "_prepared"), 2, False),
        ((publishing, "own_pages"), 1, True),
        ((publishing, "record"), 1, True),
    )
    for at, turn, after in steps:
        killed(partial(publish_edition, edition, by=cast.chen), at, turn=turn, after=after)
        assert (Publication.objects.count(), saying(public, "防汛提示")) == (0, [])
        assert (find("防汛提示").total, PageJob.objects.count(), verify_all()) == (0, 0, [])
    assert mended(public) == []
    publish_edition(edition, by=cast.chen)
    assert len(saying(public, "防汛提示")) == 3


def _after_the_commit(cast: Cast, public: Path) -> None:
    steps = (
        ((publishing, "settle_own"), 1, False),
        ((folder, "keep_names"), 1, False),
        ((pages, "_note"), 1, False),
    )
    for n, (at, turn, after) in enumerate(steps, start=1):
        edition = urgent(cast, f"防汛提示{n}号")
        killed(partial(publish_edition, edition, by=cast.chen), at, turn=turn, after=after)
        assert Publication.objects.filter(edition=edition, live=True).count() == 1
    killed(lambda: write_all_due(nothing), (pages, "_note"))
    found = mended(public)
    for one in Publication.objects.filter(edition__title__endswith="号"):
        own = f"n/{one.published_at.year}/{one.document.url_key}/"
        assert f"{own}index.json：没有登记在清单里" in found
        assert f"{one.edition.title}正文" in (public / own / "index.html").read_text()
        assert find(one.edition.title).total == 1


def test_killed_while_taking_away_the_ledger_says_what_holds(cast: Cast, public: Path) -> None:
    """断电于撤下途中：文件不在而台账未记的，核对写回；断电于彻底删除批准之后：附件仍被销毁，文字不会读回数据库。"""
    _withdrawing(cast, public)
    _destroying(cast, public)


def _withdrawing(cast: Cast, public: Path) -> None:
    publish_edition(urgent(cast), by=cast.chen)
    one = Publication.objects.get()
    own = f"n/{one.published_at.year}/{one.document.url_key}/index.html"
    mend(unmoved)
    killed(
        lambda: ending.withdraw(one, reason="数字有误", by=cast.li), (ending, "_remove"), after=True
    )
    assert (Publication.objects.get().live, (public / own).exists()) == (True, False)
    assert [line.partition("：")[2] for line in mended(public)] == ["缺少文件"] * 3
    assert "防汛提示正文" in (public / own).read_text()


def _destroying(cast: Cast, public: Path) -> None:
    edition = draft(cast, "公示名单")
    attach_file(edition, BytesIO("误公开的名单\n".encode()), name="名单.txt", by=cast.chen)
    one = publish_edition(let_out(cast, edition), by=cast.chen)
    row = propose_expunging(one.document, reason="误公开", basis="个人信息保护法", by=cast.li)
    killed(lambda: approve_expunging(row, by=cast.zhao), (expunging, "discard"))
    (name,) = blobs.names_on_disk()
    wrong = "已依法销毁，文件却还在磁盘上"
    assert [said for _, said in altered_files()] == [wrong]
    assert (read_unread_files(), FileText.objects.count()) == (0, 0)
    assert f"附件 {name}：{wrong}" in mended(public)
    assert (list(blobs.names_on_disk()), list(altered_files())) == ([], [])
