"""Writing with several processes is writing: the same files, nothing twice, nothing left."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from gongkai.project.cli import publish as command
from gongkai.publication.actions import writing
from gongkai.publication.actions.hands import Hands, hands
from gongkai.publication.actions.writing import ask_everything, write_all_due
from gongkai.publication.models import PageJob
from gongkai.publication.pages import folder
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish
from tests.rooms.publication.test_publishing import nothing


@pytest.mark.django_db
def test_pages_written_in_many_batches_are_the_same(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """4.10：分成许多批写，与一批写的逐字节相同，写的数目等于要写的，一个也不剩。"""
    publish(cast, "公告")
    ask_everything()
    write_all_due(nothing)
    before = {path: (public / path).read_bytes() for path in folder.paths(public)}
    monkeypatch.setattr(writing, "_AT_ONCE", 7)
    handed: list[int] = []

    def each(write: Callable[..., object], batches: list[list[PageJob]]) -> Iterator[object]:
        handed.extend(map(len, batches))
        return map(write, batches)

    due = ask_everything()
    assert write_all_due(nothing, Hands(3, each)) == (due, 0)
    assert (sum(handed), max(handed), PageJob.objects.count()) == (due, 7, 0)
    assert {path: (public / path).read_bytes() for path in folder.paths(public)} == before


def _apps_of_this_process(_: int) -> tuple[int, bool]:
    from django.apps import apps  # noqa: PLC0415  # asked in the other process

    return os.getpid(), apps.ready


def test_a_process_beside_knows_the_program_and_its_death_is_told() -> None:
    """4.10、4.11：写网页的进程自己装好程序；被系统结束时报错，不当作写完。"""
    with hands(2) as by:
        answers = list(by.each(_apps_of_this_process, range(4)))
        assert {ready for _, ready in answers} == {True}
        assert os.getpid() not in {pid for pid, _ in answers}
        with pytest.raises(BrokenProcessPool):
            list(by.each(os._exit, [9]))
    with hands(1) as alone:
        assert list(alone.each(_apps_of_this_process, [0])) == [(os.getpid(), True)]


@pytest.mark.django_db
def test_the_command_says_what_to_do_when_a_process_is_killed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """4.11：内存不够、进程被杀：命令说清写好的不受影响，怎样接着写。"""

    def killed(*given: object) -> tuple[int, int]:
        raise BrokenProcessPool

    monkeypatch.setattr(command, "write_all_due", killed)
    assert command.run(Namespace(all=True, processes=1)) == 1
    assert "写好的网页不受影响" in capsys.readouterr().err
