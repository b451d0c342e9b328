"""备份与恢复：写入不停、断电、磁盘满、坏文件、非空位置、版本先后（不变量三、八）。"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation

pytestmark = pytest.mark.slow

VERIFIED = [
    "✓ 台账与来源一致（同 gongkai ledger verify）",
    "✓ 审计链逐条重算完整（同 gongkai audit verify），保护触发器齐全",
]
WRITER = """
import sys, django; django.setup()
from gongkai.people.actions import register_person
print("ready", flush=True)
n = 0
while True:
    register_person(name=f"某员{n}", staff_no=f"{sys.argv[1]}-{n}", by=None)
    n += 1
    print(n, flush=True)
"""
_LOSES = """
import sys, django; django.setup()
from pathlib import Path
from gongkai.project.keeping import backing_up
ordinary, lost = backing_up.folder.holds_a_key, sys.argv[2]
def taken_away(path, keys):
    if path.name == lost:
        path.unlink()
    return ordinary(path, keys)
backing_up.folder.holds_a_key = taken_away
from gongkai.project.cli import main
sys.exit(main(["backup", "--out", sys.argv[1]]))
"""
_DIES_AT = """
import os, signal, sys, django; django.setup()
from gongkai.project.keeping import archive
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
ordinary, calls = archive.{name}, []
def counted(*given):
    calls.append(given)
    return die() if len(calls) == {call} else ordinary(*given)
archive.{name} = counted
from gongkai.project.cli import main
sys.exit(main(["backup", "--out", sys.argv[1] if len(sys.argv) > 1 else {out!r}]))
"""
KEY = "only-this-county-knows-this-identity-key"


def people(place: Installation) -> int:
    done = place.python(
        "import django; django.setup()\n"
        "from gongkai.people.models import Person\nprint(Person.objects.count())"
    )
    return int(done.stdout)


def test_a_backup_comes_back_whole(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """恢复到空的位置：文件、行数、链头、台账、审计链逐项核对；再备份一次，内容清单相同。"""
    (county.data / "media").mkdir()
    (county.data / "media" / "附件.txt").write_text("附件", encoding="utf-8")
    before = county.content(tmp_path / "first")
    done = elsewhere.restore(tmp_path / "first")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line[0] for line in lines[1:6]] == ["✓"] * 5
    assert lines[4:6] == VERIFIED
    assert elsewhere.content(tmp_path / "second") == before
    assert (elsewhere.data / "media" / "附件.txt").read_text(encoding="utf-8") == "附件"
    elsewhere.add_people(100, 103)  # numbering goes on behind the restored rows, triggers hold
    assert people(elsewhere) == 8
    assert elsewhere.gongkai("audit", "verify").returncode == 0


def test_a_backup_while_others_write_has_nothing_half_done(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """两个进程不停登记时备份：恢复的台账核对无误；人数不少于开始前，不多于结束后。"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name],
            env=county.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("W1", "W2")
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            assert writer.stdout.readline() == "1\n"
        before = people(county)
        made = county.gongkai("backup", "--out", tmp_path / "a.tar.gz")
        after = people(county)
        assert made.returncode == 0, made.stderr
        assert [writer.poll() for writer in writers] == [None, None]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    done = elsewhere.restore(tmp_path / "a.tar.gz")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[4:6] == VERIFIED
    assert before > 5
    assert before <= people(elsewhere) <= after
    assert after > before


@pytest.mark.parametrize("place", ["public/item/1.html", "private/blobs/.part-half"])
def test_what_the_program_takes_away_meanwhile_does_not_stop_a_backup(
    county: Installation, elsewhere: Installation, tmp_path: Path, place: str
) -> None:
    """5.14：备份走到时网页刚被重写、上传刚结束，那个文件没了：备份照样完整，恢复得回来。"""
    lost = county.data / place
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_text("半", encoding="utf-8")
    made = county.python(_LOSES, str(tmp_path / "a.tar.gz"), lost.name)
    assert (made.returncode, lost.exists()) == (0, False), made.stderr
    done = elsewhere.restore(tmp_path / "a.tar.gz")
    assert (done.returncode, done.stdout.splitlines()[4:6]) == (0, VERIFIED), done.stdout


def test_a_backup_that_would_lack_a_kept_file_says_so(county: Installation, tmp_path: Path) -> None:
    """5.14：数据库还记着的文件在备份期间被依规定销毁：说明是哪一个、请重做，不生成不完整的备份；再做一次成功。"""
    name = "ab" * 32
    lost = county.data / "private" / "blobs" / "ab" / name
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_text("附件", encoding="utf-8")
    made = county.python(_LOSES, str(tmp_path / "a.tar.gz"), name)
    assert made.returncode == 2
    assert f"销毁了文件 private/blobs/ab/{name}" in made.stderr
    assert list(tmp_path.glob("a.tar.gz*")) == []
    assert county.gongkai("backup", "--out", tmp_path / "a.tar.gz").returncode == 0


def test_keys_and_sessions_are_not_in_a_backup(county: Installation, tmp_path: Path) -> None:
    """密钥文件（按设置指向的，或者内容里有密钥的）、会话、缓存都不在备份里，而普通文件在。"""
    (county.data / "identity").write_text(KEY, encoding="utf-8")
    (county.data / "copy-of-key.txt").write_text(f"key={KEY}\n", encoding="utf-8")
    (county.data / "static").mkdir(exist_ok=True)
    (county.data / "static" / "x.css").write_text("x", encoding="utf-8")
    (county.data / "letter.txt").write_text("信", encoding="utf-8")
    county.more["GONGKAI_IDENTITY_KEY_FILE"] = str(county.data / "identity")
    session = county.python(
        "import django; django.setup()\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "s = SessionStore(); s['planted'] = 'leak'; s.save(); print(s.session_key)"
    ).stdout.strip()
    assert len(session) == 32
    done = county.gongkai("backup", "--out", tmp_path / "a")
    assert done.stdout.splitlines()[2:] == [
        f"没有备份 {county.data / name}：里面有密钥。" for name in ("copy-of-key.txt", "identity")
    ]
    files = sorted(path for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert [path.name for path in files if path.parent.name == "files"] == ["letter.txt"]
    bodies = b"".join(path.read_bytes() for path in files)
    assert KEY.encode() not in bodies
    assert session.encode() not in bodies
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_bytes())
    assert manifest["content"]["rows"]["django_session"] == 0


@pytest.mark.parametrize(("name", "call"), [("_add", 3), ("_link", 1)])
def test_killed_in_the_middle_nothing_looks_whole(
    county: Installation, tmp_path: Path, name: str, call: int
) -> None:
    """断电于打包途中、于改名之前：没有像备份的文件；下一次备份清掉残留并成功。"""
    folder = tmp_path / "backups"
    folder.mkdir()
    out = folder / "a.tar.gz"
    killed = county.python(_DIES_AT.format(name=name, call=call, out=str(out)))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (left,) = folder.iterdir()
    assert (left.name[:9], left.suffix) == (".gongkai-", ".part")
    assert county.gongkai("backup", "--out", out).returncode == 0
    assert list(folder.iterdir()) == [out]


def test_a_full_disk_leaves_nothing(county: Installation, tmp_path: Path) -> None:
    """磁盘写满：一句话，退出码 2，什么也没有留下。"""
    folder = tmp_path / "backups"
    folder.mkdir()
    done = county.gongkai("backup", "--out", folder / "a.tar.gz", preexec_fn=_four_kilobytes_a_file)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("错误：备份没有完成（")
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []


def test_an_existing_file_is_never_overwritten(county: Installation, tmp_path: Path) -> None:
    """已有的文件不覆盖。"""
    out = tmp_path / "a.tar.gz"
    out.write_bytes(b"yesterday")
    done = county.gongkai("backup", "--out", out)
    assert (done.returncode, out.read_bytes()) == (2, b"yesterday")
    assert done.stderr == f"错误：{out} 已经存在，不会覆盖。请换一个文件名，例如加上日期。\n"


def test_a_changed_archive_touches_nothing(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """改动一个字节：说出文件名，目标仍然是空的。"""
    county.content(tmp_path / "a")
    victim = sorted((tmp_path / "a" / "database").iterdir())[0]
    body = bytearray(victim.read_bytes() or b"-")
    body[len(body) // 2] ^= 1
    victim.write_bytes(body)
    done = elsewhere.restore(tmp_path / "a")
    assert done.returncode == 2
    assert f"备份中的 database/{victim.name} 与备份时不同" in done.stderr
    assert not elsewhere.data.exists()
    assert elsewhere.gongkai("upgrade", "--check").returncode in (1, 2)  # no table, no file


def test_only_an_empty_place_is_filled(county: Installation, tmp_path: Path) -> None:
    """不覆盖已有的数据：原有台账不变。"""
    before = county.content(tmp_path / "a")
    done = county.restore(tmp_path / "a")
    assert done.returncode == 2
    assert "不会覆盖" in done.stderr
    assert county.content(tmp_path / "b") == before


def test_a_ledger_that_was_altered_is_restored_and_told(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """备份前就被改动的台账：照样恢复，但核对指出哪一条，退出码 1。"""
    county.python(
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from gongkai.audit import guards\n"
        "from gongkai.audit.models import Event\n"
        "guards.drop_all(connection)\n"
        "Event.objects.filter(stream='people', seq=3).update(actor_name='别人')\n"
        "guards.install_all(connection)\n"
    )
    county.content(tmp_path / "a")
    done = elsewhere.restore(tmp_path / "a")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == (
        "✗ 审计链 people 第 3 号事件：内容与其哈希不符：这一行被改动过"
    )
    assert people(elsewhere) == 5


def test_the_other_kind_of_database_is_refused(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """SQLite 的备份不能当 PostgreSQL 的恢复，反过来也不行。"""
    county.content(tmp_path / "a")
    wrong = tmp_path / "wrong"
    into = "postgresql:///nowhere" if county.is_sqlite else str(wrong)
    done = elsewhere.gongkai("restore", tmp_path / "a", "--into", into)
    assert done.returncode == 2
    assert "的备份，不能恢复成" in done.stderr
    assert not wrong.exists()


def test_a_packed_backup_is_for_its_owner_alone(county: Installation, tmp_path: Path) -> None:
    """备份里有个人信息：只有备份的人能读。"""
    assert county.gongkai("backup", "--out", tmp_path / "a.tar.gz").returncode == 0
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o077 == 0
    with tarfile.open(tmp_path / "a.tar.gz") as tar:
        assert {entry.mode for entry in tar} == {0o600}


@pytest.mark.parametrize("verb", ["upgrade", "serve"])
def test_an_upgrade_is_alone(county: Installation, verb: str) -> None:
    """有人在用就不升级，升级时不启动服务。"""
    mode = "True" if verb == "serve" else "False"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import django; django.setup()\n"
            "from django.conf import settings\n"
            "from gongkai.project.keeping.lock import at_work\n"
            f"with at_work(settings.DATA, alone={mode}):\n"
            "    print('held', flush=True); input()",
        ],
        env=county.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    words = [verb, "--bind", "127.0.0.1:0"] if verb == "serve" else [verb]
    refused = county.gongkai(*words)
    holder.communicate("\n")
    assert refused.returncode == 2
    said = "这份数据正在升级，现在不能使用" if verb == "serve" else "有服务或备份正在使用这份数据"
    assert said in refused.stderr
    assert county.gongkai("upgrade").stdout == "数据库已是最新，没有需要升级的。\n"


def _four_kilobytes_a_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
