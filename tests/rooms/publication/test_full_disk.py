"""A full disk: what it forbids is said, what must go goes, what can wait is written later."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from gongkai.publication.actions import publish_edition, withdraw
from gongkai.publication.actions.writing import write_all_due
from gongkai.publication.models import Ending, PageJob, Publication
from gongkai.publication.pages import folder
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import urgent
from tests.rooms.publication.test_publishing import Commits, nothing


class Disk:
    """Refuses new files, or names for those whose path begins with *full_at*."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Take the place of the folder's two steps."""
        self.takes_files, self.full_at = True, "nowhere"
        prepare, settle = folder.prepare, folder.Prepared.settle

        def prepared(*given: object, **named: object) -> folder.Prepared:
            if not self.takes_files:
                raise OSError(errno.ENOSPC, "设备上没有空间")
            return prepare(*given, **named)  # type: ignore[arg-type]

        def settled(page: folder.Prepared) -> list[Path]:
            if page.path.startswith(self.full_at):
                raise OSError(errno.ENOSPC, "设备上没有空间")
            return settle(page)

        patch.setattr(folder, "prepare", prepared)
        patch.setattr(folder.Prepared, "settle", settled)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_a_name_that_is_refused_after_the_commit_holds_nothing_up(
    cast: Cast, public: Path, disk: Disk, django_capture_on_commit_callbacks: Commits
) -> None:
    """已经提交、文件改名时磁盘写满：发布有效、不出错页；一个写不成的网页不耽误别的，记下原因；腾出空间后补齐。"""
    disk.full_at = "n/"
    edition = urgent(cast)
    with django_capture_on_commit_callbacks(execute=True):
        one = publish_edition(edition, by=cast.chen)
    own = public / f"n/{one.published_at.year}/{one.document.url_key}/index.html"
    assert (Publication.objects.get().live, own.exists()) == (True, False)
    disk.full_at = "n/index.html"
    due = PageJob.objects.count()
    assert write_all_due(nothing) == (due - 1, 1)
    left = PageJob.objects.get()
    assert (left.kind, left.key, left.tries) == ("list", "n", 1)
    assert "设备上没有空间" in left.fault
    assert "防汛提示正文" in own.read_text()
    disk.full_at = "nowhere"
    assert write_all_due(nothing) == (1, 0)
    assert list((public / folder.WAITING).iterdir()) == []


def test_what_must_go_goes_though_the_disk_is_full(
    cast: Cast, public: Path, disk: Disk, django_capture_on_commit_callbacks: Commits
) -> None:
    """磁盘写满也能撤下：正文随即消失，写明理由的网页等腾出空间后补写。"""
    with django_capture_on_commit_callbacks(execute=True):
        one = publish_edition(urgent(cast), by=cast.chen)
    write_all_due(nothing)
    own = public / f"n/{one.published_at.year}/{one.document.url_key}/index.html"
    disk.takes_files = False
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, reason="误发个人信息", by=cast.zhao)
    assert (own.exists(), Ending.objects.count()) == (False, 1)
    disk.takes_files = True
    write_all_due(nothing)
    assert ("误发个人信息" in own.read_text(), PageJob.objects.count()) == (True, 0)
