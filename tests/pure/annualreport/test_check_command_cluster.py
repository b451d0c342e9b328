"""`gongkai check --executor`: a Dask cluster gives the same bytes as this machine."""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.annualreport.model import to_json
from gongkai.annualreport.verdict.batch import judge_files
from gongkai.project.cli import check
from gongkai.project.cli.check import cluster
from gongkai.project.cli.errors import CommandError
from tests.pure.annualreport import verdict_killers as killers
from tests.pure.annualreport.reports import SHEQI, clean, previous


def run(*arguments: str | Path) -> int:
    """Run the verb as the dispatcher does."""
    parser = argparse.ArgumentParser()
    check.configure(parser)
    return check.run(parser.parse_args([str(argument) for argument in arguments]))


def started(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the verb as a shell does: a second client in one process would share the first one's loop."""
    command = [sys.executable, "-m", "gongkai", "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def _address_in(file: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return str(json.loads(file.read_text())["address"])
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two processes on this machine."""
    distributed: Any = importlib.import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", protocol="tcp"
    ) as local:
        yield local.scheduler_address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty files of every kind of verdict."""
    for n in range(36):
        (tmp_path / f"{n:02}.json").write_bytes(to_json(clean({"t2.licence": n})))
    (tmp_path / "a.txt").write_bytes(SHEQI.read_bytes())
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    (tmp_path / "c.json").write_bytes(b"{")
    (tmp_path / "d.html").write_bytes(b"")
    return tmp_path


@pytest.mark.slow
def test_cluster_gives_the_same_bytes(
    folder: Path, scheduler: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """集群与本机的输出逐字节相同，与上年对照时也是。"""
    before = folder / "before"
    before.mkdir()
    (before / "x.json").write_bytes(to_json(previous()))
    comparisons: list[list[str | Path]] = [[], ["--prev", before]]
    for more in comparisons:
        code = run(folder, "--format", "jsonl", *more)
        here = capsys.readouterr().out
        assert run(folder, "--format", "jsonl", *more, "--executor", scheduler) == code == 2
        assert capsys.readouterr().out == here
        assert len(here.splitlines()) == 41


@pytest.mark.slow
def test_killers_on_the_cluster_spoil_only_themselves(tmp_path: Path, scheduler: str) -> None:
    """集群上的坏文件也只坏自己，工作节点不倒。"""
    contents = (to_json(clean()), b"segfault", b"eat memory", b"hang in C", to_json(clean()))
    paths = [tmp_path / f"{n}.json" for n in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    here = list(judge_files(paths, seconds=2, module=killers.MODULE))
    with cluster.executor_at(scheduler) as executor:
        there = list(judge_files(paths, seconds=2, module=killers.MODULE, executor=executor))
    assert there == here
    assert [verdict.status for verdict in there] == ["ok", *["unreadable"] * 3, "ok"]


@pytest.mark.parametrize("address", ["nonsense://x:1", "10.0.0.1", "tcp://10.0.0.1", "tcp://:1"])
def test_address_that_is_none_is_one_sentence(address: str) -> None:
    """地址写法不对：说明怎么写。"""
    with pytest.raises(CommandError) as refused, cluster.executor_at(address):
        pytest.fail("no executor may be offered")
    assert str(refused.value) == (
        f"{address}：调度器地址应写成 tcp://主机:端口，例如 tcp://10.0.0.1:8786。"
    )


@pytest.mark.slow
def test_scheduler_that_cannot_be_reached_is_one_sentence() -> None:
    """连不上调度器：一句话，说明怎么办；没有堆栈，也没有集群组件自己的日志。"""
    address = "tcp://127.0.0.1:1"
    done = started(SHEQI, "--executor", address)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"错误：{address}：连不上调度器（")
    assert line.endswith("也可以去掉 --executor 在本机检查。")


@pytest.mark.slow
def test_scheduler_without_workers_is_refused(tmp_path: Path) -> None:
    """有调度器没有工作节点：不空等。"""
    file = tmp_path / "scheduler.json"
    options = ["--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", file]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", *map(str, options)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=tmp_path) as alone:
        try:
            address = _address_in(file)
            done = started(SHEQI, "--executor", address)
        finally:
            alone.terminate()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"错误：{address}：调度器在，但一个工作节点也没有。"
        f"请先启动 dask worker {address} 再检查。\n"
    )


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """没有安装集群组件：说明缺什么、怎么装。"""

    def missing(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr("gongkai.project.cli.check.cluster.importlib.import_module", missing)
    with pytest.raises(CommandError) as refused, cluster.executor_at("tcp://127.0.0.1:1"):
        pytest.fail("no executor may be offered")
    assert str(refused.value) == (
        "--executor 需要集群组件，缺少 distributed。请安装：pip install 'gongkai[cluster]'。"
    )
