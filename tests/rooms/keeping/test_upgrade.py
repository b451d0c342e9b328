"""升级：先备份，再迁移、核对；不成功就自己恢复到升级前，并说清楚。"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation

pytestmark = pytest.mark.slow

_SETTINGS = """
from gongkai.project.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "planted"]
"""
_FIRST = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE TABLE planted_one (id integer PRIMARY KEY, n integer NOT NULL)"),
        migrations.RunSQL("INSERT INTO planted_one VALUES (1, 7)"),
    ]
"""
_SECOND = """
from django.db import migrations
from gongkai.audit import guards
def work(apps, editor):
    {work}
class Migration(migrations.Migration):
    dependencies = [("planted", "0001_one")]
    operations = [migrations.RunPython(work)]
"""
BREAKS = {
    "raises": 'raise RuntimeError("迁移坏了")',
    "asks for what is not there": 'editor.execute("SELECT nothing FROM nowhere")',
    "loses the last event": (
        "guards.drop_all(editor.connection)\n"
        "    editor.execute('DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)')"
    ),
    "rewrites the whole log": (
        "guards.drop_all(editor.connection)\n"
        "    editor.execute('DELETE FROM audit_event')\n"
        "    editor.execute('DELETE FROM audit_head')"
    ),
}


def next_version(place: Installation, folder: Path, work: str | None = None) -> Installation:
    """The same installation under a program with one more room, whose last migration does *work*."""
    migrations = folder / "planted" / "migrations"
    migrations.mkdir(parents=True)
    for package in (folder / "planted", migrations):
        (package / "__init__.py").touch()
    (folder / "planted_settings.py").write_text(_SETTINGS, encoding="utf-8")
    (migrations / "0001_one.py").write_text(_FIRST, encoding="utf-8")
    if work:
        (migrations / "0002_two.py").write_text(_SECOND.format(work=work), encoding="utf-8")
    return place.with_settings(folder, "planted_settings")


def test_an_upgrade_backs_up_migrates_and_verifies(county: Installation, tmp_path: Path) -> None:
    """有新迁移：--check 只列出；upgrade 备份、迁移、核对；再运行一次无事可做。"""
    newer = next_version(county, tmp_path / "program")
    check = newer.gongkai("upgrade", "--check")
    assert (check.returncode, check.stdout) == (
        1,
        "缺 1 项迁移：\n  planted.0001_one\n请停掉服务，运行 gongkai upgrade。\n",
    )
    assert newer.gongkai("upgrade", "--check").returncode == 1  # it changed nothing
    done = newer.gongkai("upgrade")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "执行了 1 项迁移。触发器齐全，台账与来源一致，审计链完整。",
    )
    (backup,) = (county.data / "backups").iterdir()
    assert str(backup) in done.stdout
    assert newer.content(tmp_path / "after")["rows"]["planted_one"] == 1
    again = newer.gongkai("upgrade")
    assert (again.returncode, again.stdout) == (0, "数据库已是最新，没有需要升级的。\n")


@pytest.mark.parametrize("how", BREAKS)
def test_a_failed_upgrade_goes_back_by_itself(
    county: Installation, tmp_path: Path, how: str
) -> None:
    """迁移中途出错，或者迁移后核对不符：数据回到升级前，一行不差，旧版本照常用。"""
    before = county.content(tmp_path / "before")
    newer = next_version(county, tmp_path / "program", BREAKS[how])
    failed = newer.gongkai("upgrade")
    assert failed.returncode == 2, failed.stdout
    said = failed.stderr.splitlines()[-1]
    assert said.startswith("错误：升级没有成功（")
    assert "已自动恢复到升级前的数据，可以继续用原来的版本" in said
    assert "Traceback" not in failed.stderr
    after = county.content(tmp_path / "after")
    assert after == before
    assert "planted_one" not in after["rows"]
    assert county.gongkai("ledger", "verify").returncode == 0
    assert county.gongkai("audit", "verify").returncode == 0
    assert county.gongkai("upgrade", "--check").returncode == 0
    county.add_people(200, 202)  # and work goes on


def test_an_older_backup_is_restored_and_told_to_upgrade(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """较早版本的备份：恢复成当时的样子，说缺哪些迁移；升级之后台账与审计链核对无误。"""
    county.content(tmp_path / "old")
    newer = next_version(elsewhere, tmp_path / "program")
    done = newer.restore(tmp_path / "old")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "! 备份来自较早的版本，缺 1 项迁移（第一项 planted.0001_one）："
        "请运行 gongkai upgrade，它会在升级后核对台账与审计链。",
    )
    assert newer.gongkai("upgrade").returncode == 0
    assert newer.content(tmp_path / "new")["rows"]["planted_one"] == 1
    assert newer.gongkai("audit", "verify").returncode == 0


def test_a_newer_backup_is_refused(
    county: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    """有本机没有的迁移，或者版本号更高：拒绝，什么也不留下。"""
    newer = next_version(county, tmp_path / "program")
    assert newer.gongkai("upgrade").returncode == 0
    newer.content(tmp_path / "new")
    refused = elsewhere.restore(tmp_path / "new")
    assert refused.returncode == 2
    assert "备份里有本机程序没有的迁移（planted.0001_one，共 1 项）" in refused.stderr
    assert not elsewhere.data.exists()

    manifest = tmp_path / "new" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), "program": "9.0.0"}))
    refused = elsewhere.restore(tmp_path / "new")
    assert refused.returncode == 2
    assert "备份由较新的版本（9.0.0）生成" in refused.stderr
    assert not elsewhere.data.exists()
