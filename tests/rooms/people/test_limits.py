"""次数限制：各算各的，各进程共用，到点放行，磁盘上没有地址。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from gongkai.audit import clock
from gongkai.people import limits
from gongkai.people.limits import Limit, address_of, too_often

NOON = datetime(2025, 1, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    now: Any = settings.CACHES[limits.CACHE]
    own = {**now, "LOCATION": tmp_path / "submissions"}
    with override_settings(DATA=tmp_path, CACHES={**settings.CACHES, limits.CACHE: own}):
        yield tmp_path


def test_each_limit_and_each_address_has_its_own_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """登录、检索、表单各算各的；别人的次数不算在我头上；一小时后从头算。"""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    search, sign_in = Limit("search", 2), Limit("sign-in", 1)
    assert [search.take("192.0.2.1") for _ in range(3)] == [None, None, NOON + timedelta(hours=1)]
    assert sign_in.take("192.0.2.1") is None
    assert search.take("192.0.2.2") is None
    assert sign_in.take("192.0.2.1") == NOON + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    assert search.take("192.0.2.1") is None


def _worker(most: int) -> int:
    return sum(Limit("shared", most).take("192.0.2.1") is None for _ in range(most))


def test_workers_count_together() -> None:
    """四个进程同时用：合起来只放行上限那么多次。"""
    with get_context("fork").Pool(4) as pool:
        assert sum(pool.map(_worker, [20] * 4)) == 20


def test_no_address_is_on_the_disk(data: Path) -> None:
    """保存的是带密钥的摘要，不是地址（个人信息保护法第六条：最小必要）。"""
    Limit("search", 5).take("192.0.2.77")
    kept = [path for path in (data / "submissions").iterdir() if path.is_file()]
    assert len(kept) == 1
    assert b"192.0.2.77" not in kept[0].read_bytes()
    assert "192.0.2.77" not in kept[0].name


def test_only_our_proxy_may_say_who_asks() -> None:
    """别人自己写的 X-Forwarded-For 不算；只信 GONGKAI_PROXIES 里的代理。"""
    forged = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    with override_settings(PROXIES=["127.0.0.1"]):
        assert address_of(forged) == "192.0.2.1"
    with override_settings(PROXIES=["192.0.2.1"]):
        assert address_of(forged) == "198.51.100.7"


@pytest.mark.django_db
def test_refusal_says_when(monkeypatch: pytest.MonkeyPatch) -> None:
    """429：做什么太频繁，几点以后再试，Retry-After 是秒数。"""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    answer = too_often(RequestFactory().get("/"), NOON + timedelta(minutes=30), what="检索")
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "1801")
    assert "<h1>检索太频繁</h1>" in text
    assert "请在 12:30 以后再试" in text
