"""``gongkai calendar import``: shows first, and lets two people write."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pytest

from gongkai.people.actions import register_person
from gongkai.project.cli import calendar
from gongkai.project.cli.errors import CommandError
from gongkai.rulebook.models import HolidayNotice
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import notice


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2027.json"
    path.write_bytes(notice())
    return path


def command(file: Path, *options: str) -> int:
    parser = ArgumentParser()
    calendar.configure(parser)
    return calendar.run(parser.parse_args(["import", str(file), *options]))


def states() -> list[str]:
    return list(HolidayNotice.objects.values_list("state", flat=True))


def test_without_a_name_it_only_shows(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """不写工号只看影响，不写入。"""
    assert command(file) == 0
    said = capsys.readouterr().out.splitlines()
    assert (
        said[0]
        == "《2027年放假安排（测试用，虚构）》（示办发〔2026〕9号）：2027 年有 14 天与现在的日历不同。"
    )
    assert (
        said[-1]
        == "以上为影响预览，尚未写入；提出请加 --by 工号，由另一人用 --approve-as 工号 批准。"
    )
    assert states() == []


def test_one_proposes_another_approves(cast: Cast, file: Path) -> None:
    """先提出，再由另一人批准同一份文件。"""
    assert (command(file, "--by", "T002"), states()) == (0, ["proposed"])
    assert (command(file, "--approve-as", "T004"), states()) == (0, ["approved"])


def test_both_at_once(cast: Cast, file: Path) -> None:
    """两人都在场：一次写完。"""
    assert (command(file, "--by", "T002", "--approve-as", "T004"), states()) == (0, ["approved"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "T005"), "外局孙 不能提出放假通知"),
        (("--by", "T002", "--approve-as", "T002"), "初审李 不能批准放假通知"),
        (("--approve-as", "T004"), "没有等待批准的同一份通知"),
        (("--by", "T999"), "没有工号为 T999 的人员"),
    ],
)
def test_who_may_not_is_told_and_nothing_is_written(
    cast: Cast, file: Path, options: tuple[str, ...], said: str
) -> None:
    """不该办的人、没有提出过的通知：说明原因，什么都不写。"""
    with pytest.raises(CommandError, match=said):
        command(file, *options)
    assert states() == []


@pytest.mark.django_db
def test_a_machine_without_people_cannot_be_written_to(file: Path) -> None:
    """还没有人员：说明先登记人员，并指出不需要数据库的命令。"""
    with pytest.raises(CommandError, match="还没有人员，放假通知须由两人经手"):
        command(file, "--by", "T002")
    register_person(name="演示甲", staff_no="T100", by=None)
    with pytest.raises(CommandError, match="没有工号为 T002 的人员"):
        command(file, "--by", "T002")


def test_a_wrong_file_is_told(cast: Cast, tmp_path: Path) -> None:
    """不是通知的文件、没有的文件：一行中文。"""
    wrong = tmp_path / "x.json"
    wrong.write_bytes(b"{}")
    with pytest.raises(CommandError, match="缺少格式标识"):
        command(wrong)
    with pytest.raises(CommandError, match="读不到"):
        command(tmp_path / "none.json")
