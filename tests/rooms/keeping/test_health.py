"""gongkai doctor：每一项好的说好，坏的说坏在哪里、怎么办。"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.foi.identity import Identity, conceal
from gongkai.people.actions import register_person
from gongkai.project.cli import main
from gongkai.project.keeping import health, machine
from gongkai.project.keeping.health import Finding, Level

NOON = datetime(2025, 3, 3, 4, tzinfo=UTC)  # twelve in Shanghai


def levels() -> dict[str, Level]:
    return {found.name: found.level for found in health.ledger_findings()}


@pytest.mark.django_db
def test_a_sound_ledger_is_well() -> None:
    """没有问题的台账：版本、触发器、审计链、密钥都正常。"""
    register_person(name="某甲", staff_no="H-1", by=None)
    found = levels()
    names = ["数据库版本", "保护触发器", "审计链", "时钟", "放假通知", "身份密钥"]
    assert list(found) == names + ["数据库缓存"] * (connection.vendor == "postgresql")
    assert {found[name] for name in ("数据库版本", "保护触发器", "审计链", "身份密钥")} == {
        Level.GOOD
    }


@pytest.mark.django_db
def test_a_missing_trigger_is_found() -> None:
    """不变量八：触发器不见了。"""
    guards.drop_all(connection)
    try:
        assert levels()["保护触发器"] is Level.BAD
    finally:
        guards.install_all(connection)


@pytest.mark.django_db
def test_a_broken_chain_is_found() -> None:
    """不变量八：改过的事件，指出是哪一条。"""
    register_person(name="某甲", staff_no="H-1", by=None)
    guards.drop_all(connection)
    try:
        Event.objects.filter(stream="people", seq=1).update(actor_name="别人")
        assert health.chains() == Finding(
            "审计链",
            Level.BAD,
            "1 条不完整：people 第 1 号，内容与其哈希不符：这一行被改动过",
            "停止写入，保留副本，与最近的备份和已公布的链头比对",
        )
    finally:
        guards.install_all(connection)


@pytest.mark.django_db
def test_another_identity_key_is_found(settings: Settings) -> None:
    """恢复到新机器而拿错了身份密钥：体检就能看出来，不必等到要用的时候。"""
    conceal(Identity("某甲", "990000199001010000", "无"), "nat").save()
    assert health.identity_key().level is Level.GOOD
    settings.IDENTITY_KEY = "another-key-of-thirty-two-characters"
    assert health.identity_key().level is Level.BAD


@pytest.mark.parametrize(
    ("buffers", "database", "level"),
    [
        (134_217_728, 2_400_000_000, Level.WATCH),
        (134_217_728, 300_000_000, Level.GOOD),
        (2_147_483_648, 9_000_000_000, Level.GOOD),
    ],
)
def test_a_database_with_too_little_memory_is_found(
    buffers: int, database: int, level: Level
) -> None:
    """PostgreSQL 装好时的 128 MB：数据不多时够用，多了就提醒；一 GB 以上不再提醒。"""
    assert health.memory(buffers, database).level is level


def test_a_clock_that_went_back_is_found() -> None:
    """最后一个事件比现在晚：时钟倒退，期限会算错；相差几分钟不算。"""
    assert health.clock(NOON, None).level is not Level.BAD
    assert health.clock(NOON, NOON + timedelta(minutes=4)).level is not Level.BAD
    assert health.clock(NOON, NOON + timedelta(hours=1)) == Finding(
        "时钟",
        Level.BAD,
        "现在是 2025-03-03 12:00（北京时间），却已有 2025-03-03 13:00 的事件",
        "校准系统时钟（如启用 chrony），期限按它计算",
    )


@pytest.mark.parametrize(
    ("on", "level"),
    [
        (date(2025, 3, 3), Level.GOOD),
        (date(2025, 11, 5), Level.GOOD),
        (date(2025, 11, 6), Level.WATCH),
        (date(2026, 1, 4), Level.BAD),
    ],
)
def test_holidays_must_reach_as_far_as_deadlines(on: date, level: Level) -> None:
    """放假通知只到今年：离年底不到八周（四十个工作日）要留意，过了年算不出期限。"""
    assert health.notices(on, 2025, covered=lambda year: year <= 2025).level is level


def test_pending_migrations_are_bad() -> None:
    """缺迁移：说第一项，请升级。"""
    assert health.migrations(["people.0002_x", "foi.0002_y"]) == Finding(
        "数据库版本", Level.BAD, "缺 2 项（第一项 people.0002_x）", "停掉服务，运行 gongkai upgrade"
    )


@pytest.mark.parametrize(
    ("mode", "level"),
    [(0o700, Level.GOOD), (0o750, Level.GOOD), (0o755, Level.BAD), (0o701, Level.BAD)],
)
def test_nobody_else_may_enter_the_data(tmp_path: Path, mode: int, level: Level) -> None:
    """数据目录不能让本机其他用户进入。"""
    tmp_path.chmod(mode)
    assert machine.permissions(tmp_path).level is level
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("free", "database", "level"),
    [
        (3 * 10**9, 0, Level.GOOD),
        (10**9, 0, Level.WATCH),
        (10**8, 0, Level.BAD),
        (3 * 10**9, 2 * 10**9, Level.WATCH),
        (10**9, 2 * 10**9, Level.BAD),
    ],
)
def test_room_for_the_data_and_a_copy(free: int, database: int, level: Level) -> None:
    """磁盘：要放得下升级前的备份。"""
    assert machine.disk(free, database).level is level


def test_keys_are_apart_from_the_data(tmp_path: Path) -> None:
    """密钥不在数据目录里：放进来的、抄进来的、别人能读的都指出。"""
    data = tmp_path / "data"
    data.mkdir()
    key = tmp_path / "identity"
    key.write_text("k" * 40, encoding="utf-8")
    key.chmod(0o600)
    assert [one.level for one in machine.keys(data, [key], ["k" * 40])] == [Level.GOOD]
    key.chmod(0o644)
    assert [one.said for one in machine.keys(data, [key], ["k" * 40])] == [
        "不在数据目录里",
        f"{key} 的权限是 644",
    ]
    (data / "notes.txt").write_text(f"密钥 {'k' * 40}", encoding="utf-8")
    assert next(iter(machine.keys(data, [key], ["k" * 40]))).said.startswith(
        str(data / "notes.txt")
    )
    inside = data / "secret"
    inside.write_text("s", encoding="utf-8")
    assert next(iter(machine.keys(data, [inside], ["k" * 40]))).said.startswith(str(inside))


@pytest.mark.parametrize(
    ("days", "level"), [(0, Level.GOOD), (2, Level.GOOD), (3, Level.WATCH), (9, Level.BAD)]
)
def test_the_age_of_the_last_backup(tmp_path: Path, days: int, level: Level) -> None:
    """备份多久了。"""
    note = {"at": NOON.isoformat(), "out": "/backup/a.tar.gz", "bytes": 1}
    (tmp_path / "last-backup.json").write_text(json.dumps(note), encoding="utf-8")
    assert machine.last_backup(tmp_path, NOON + timedelta(days=days)).level is level


@pytest.mark.parametrize("note", [None, "{", "[]", '{"at": 3}', '{"at": "yesterday"}'])
def test_no_backup_yet(tmp_path: Path, note: str | None) -> None:
    """没有备份过，或者记录读不懂：提醒，不出错。"""
    if note is not None:
        (tmp_path / "last-backup.json").write_text(note, encoding="utf-8")
    assert machine.last_backup(tmp_path, NOON).said == "还没有备份过"


def test_the_packaged_font_prints() -> None:
    """随软件附带的字体印得出公文用字。"""
    assert machine.fonts().level in (Level.GOOD, Level.WATCH)


@pytest.mark.django_db
def test_the_table_and_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """有 ✗ 时退出码为 1，表与 JSON 说的一样。"""
    guards.drop_all(connection)
    try:
        assert main(["doctor"]) == 1
        table = capsys.readouterr().out
        assert main(["doctor", "--format", "json"]) == 1
        told = json.loads(capsys.readouterr().out)
    finally:
        guards.install_all(connection)
    assert told["healthy"] is False
    signs = {"good": "✓", "watch": "!", "bad": "✗"}
    rows = [line.split()[:2] for line in table.splitlines() if line[0] in "✓!✗"]
    assert rows == [[signs[one["level"]], one["name"]] for one in told["checks"]]
    assert table.splitlines()[1].startswith("✗  保护触发器  缺 ")
