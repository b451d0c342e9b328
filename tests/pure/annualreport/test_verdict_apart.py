"""A file that hangs, swells or crashes its reader spoils its own verdict and no other. Real processes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from gongkai.annualreport.model import to_json
from gongkai.annualreport.verdict import apart
from gongkai.annualreport.verdict.batch import judge_files
from gongkai.annualreport.verdict.judge import judge
from gongkai.annualreport.verdict.shelf import Shelf
from gongkai.annualreport.verdict.verdict import Verdict
from tests.pure.annualreport import verdict_killers as killers
from tests.pure.annualreport.reports import SHEQI, clean

pytestmark = pytest.mark.slow

TIME = "读取超过 2 秒仍未完成，已停止；文件可能过大或已损坏，请只保留报告本身，另存后再检查。"
MEMORY = "文件太大或结构异常，读取时内存不够；请只保留报告本身，另存后再检查。"
DEATH = "读取时程序异常退出，文件可能已损坏或过大；请用原软件打开后另存一份再检查。"
RAISED = (
    "读取时出错（{}），文件可能已损坏；请用原软件打开后另存一份再检查，"
    "仍不行的请把文件交给维护人员。"
)
KILLERS = {
    b"hang": TIME,
    b"hang in C": TIME,
    b"eat memory": MEMORY,
    b"exit": DEATH,
    b"segfault": DEATH,
    b"raise": RAISED.format("RuntimeError"),
    b"recurse": RAISED.format("RecursionError"),
}


def batch(folder: Path, *contents: bytes) -> list[Path]:
    """Write files whose order is that of `contents`."""
    paths = [folder / f"{n:02}.json" for n in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def judged(paths: list[Path], **options: object) -> list[Verdict]:
    return list(judge_files(paths, seconds=2, module=killers.MODULE, **options))  # type: ignore[arg-type]


def children() -> set[str]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


@pytest.mark.parametrize("killer", KILLERS, ids=bytes.decode)
def test_one_killer_among_good_files(killer: bytes, tmp_path: Path) -> None:
    """坏文件得到一句话的结论，前后的文件照常检查，顺序不变。"""
    good = to_json(clean())
    paths = batch(tmp_path, good, killer, good, good)
    expected = [judge(str(path), good) for path in paths]
    expected[1] = Verdict(source=str(paths[1]), report=None, reason=KILLERS[killer])
    assert judged(paths) == expected


def test_killer_in_the_first_of_two_steps(tmp_path: Path) -> None:
    """与上年对照时先读后查，坏文件同样只坏自己。"""
    good = to_json(clean())
    paths = batch(tmp_path, b"exit", good)
    verdicts = judged(paths, prev=Shelf())
    assert [verdict.reason for verdict in verdicts] == [DEATH, None]
    assert verdicts[1].note == ("没有找到青禾县人民政府 2023 年的报告，未与上年报告对照。")


def test_killer_on_somebody_elses_executors(tmp_path: Path) -> None:
    """换用别的执行器（线程池、进程池），结论逐字相同，执行器也不受损。"""
    paths = batch(tmp_path, to_json(clean()), b"segfault", to_json(clean()))
    expected = judged(paths)
    with ThreadPoolExecutor(2) as threads:
        assert judged(paths, executor=threads) == expected
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert judged(paths, executor=processes) == expected


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """检查结束后不留子进程，超时被停的也不留。"""
    before = children()
    judged(batch(tmp_path, b"hang", to_json(clean())))
    assert children() - before == set()


def test_noise_of_a_library_does_not_garble_the_answer(tmp_path: Path) -> None:
    """解析库往标准输出写东西，不影响结论。"""
    (path,) = batch(tmp_path, b"print")
    assert judged([path]) == [judge(str(path), b"print")]


def test_what_earlier_files_kept_is_not_held_against_a_later_one() -> None:
    """前面的文件占住的内存，不算在后面的文件头上：换一个进程重读。"""
    one = apart.Apart()
    for _ in range(2):
        verdict = one.call(killers.MODULE, "judge", "x", b"keep memory")
        assert verdict == judge("x", b"keep memory")
    one.close()


def test_process_is_kept_for_the_next_file_and_replaced_after_a_death() -> None:
    """正常时一直用同一个进程；死了换新的。"""
    one = apart.Apart()
    first = one.call(killers.MODULE, "pid")
    assert one.call(killers.MODULE, "pid") == first
    with pytest.raises(apart.CrashError):
        one.call(killers.MODULE, "judge", "x", b"exit")
    assert one.call(killers.MODULE, "pid") != first
    one.close()


def test_process_knows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """读文件的进程拿不到本站的密钥和数据库口令。"""
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "planted")
    monkeypatch.setenv("DATABASE_URL", "postgresql://planted")
    one = apart.Apart()
    given = one.call(killers.MODULE, "environment")
    one.close()
    assert isinstance(given, dict)
    assert "PATH" in given
    assert [name for name, value in given.items() if "planted" in value] == []


def test_process_whose_parent_is_gone_ends_by_itself() -> None:
    """主程序被强行结束，卡住的子进程到时自己退出。"""
    boot = "import sys; sys.path[:] = sys.argv[1:]; from gongkai.annualreport.verdict.child import serve; serve('sys')"
    request = pickle.dumps((killers.MODULE, "judge", ("x", b"hang in C"), {}, 0.5))
    started = time.monotonic()
    orphan = subprocess.run(
        [sys.executable, "-c", boot, *sys.path], input=request, check=False, timeout=60
    )
    assert orphan.returncode == -signal.SIGALRM
    assert time.monotonic() - started < 30


def test_interrupted_command_leaves_nothing_and_no_traceback(tmp_path: Path) -> None:
    """中途按 Ctrl-C：一句中文，退出码 130。"""
    for n in range(1000):
        (tmp_path / f"{n}.txt").write_bytes(SHEQI.read_bytes())
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "gongkai", "check", str(tmp_path), "--format", "jsonl"]
    with out.open("wb") as file:
        running = subprocess.Popen(
            command, stdout=file, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        time.sleep(0.8)
        os.killpg(running.pid, signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (130, "\n已中断。\n")
