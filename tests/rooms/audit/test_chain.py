"""The log of a stream is a chain: nothing in it changes, goes or comes in between without being found."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from gongkai.audit import clock, guards
from gongkai.audit.actions import record
from gongkai.audit.chain import GENESIS
from gongkai.audit.models import Event, Head
from gongkai.audit.queries import (
    Break,
    StreamHead,
    digest_text,
    heads_on,
    streams,
    verify_all,
    verify_stream,
)

NOON = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
ALTERED = "内容与其哈希不符：这一行被改动过"


@dataclass(frozen=True)
class Somebody:
    """An actor who is nobody's row."""

    uid: UUID = field(default_factory=lambda: UUID(int=7))
    name: str = "记账员"


def write(stream: str, n: int) -> list[Event]:
    """Append *n* events to *stream*."""
    with transaction.atomic():
        return [
            record(
                "thing.done", stream=stream, subject=f"thing:{i}", payload={"n": i}, by=Somebody()
            )
            for i in range(1, n + 1)
        ]


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused() -> None:
    """不变量八：改动与其事件同存同亡，事务之外不得记录，也不留下链头。"""
    with pytest.raises(RuntimeError) as refused:
        record("thing.done", stream="甲", subject="thing:1", payload={}, by=Somebody())
    assert str(refused.value) == "审计事件必须与它所记录的改动在同一事务中写入。"
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_events_are_numbered_and_linked_within_their_stream() -> None:
    """不变量八：每条流自成一链，序号从一起连续，各事件指向前一事件的哈希。"""
    first = write("甲", 2)
    other = write("乙", 1)
    third = write("甲", 1)
    chain = [*first, *third]
    assert [event.seq for event in chain] == [1, 2, 3]
    assert [event.prev for event in chain] == [GENESIS, chain[0].hash, chain[1].hash]
    assert [(event.seq, event.prev) for event in other] == [(1, GENESIS)]
    heads = {head.stream: (head.seq, head.hash) for head in Head.objects.all()}
    assert heads == {"甲": (3, chain[2].hash), "乙": (1, other[0].hash)}
    assert (streams(), verify_all()) == (sorted(["甲", "乙"]), [])


@pytest.mark.django_db
def test_a_hash_is_over_bytes_anyone_can_write_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """不变量十一：哈希取自规范字节，不用本程序也能算出。"""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    event = write("甲", 1)[0]
    written = (
        '{"actor_name":"记账员","actor_uid":"00000000-0000-0000-0000-000000000007",'
        '"at":"2024-03-01T04:00:00.000000+00:00","kind":"thing.done","payload":"{\\"n\\":1}",'
        f'"prev":"{"0" * 64}","seq":1,"stream":"甲","subject":"thing:1"}}'
    )
    assert event.hash == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_event_and_no_gap() -> None:
    """不变量八：退回的事务连同事件一起退回，链不断。"""
    write("甲", 1)
    with transaction.atomic():
        write("甲", 2)
        transaction.set_rollback(True)
    assert [event.seq for event in write("甲", 1)] == [2]
    assert verify_stream("甲") is None


_OTHER = {
    "kind": "thing.donf",
    "at": NOON + timedelta(microseconds=1),
    "actor_uid": UUID(int=6),
    "actor_name": "记账贞",
    "subject": "thing:3",
    "payload_text": '{"n":3}',
    "hash": "f" * 64,
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", _OTHER)
def test_a_changed_byte_is_located(column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """不变量八：任一列改动一个字节，核对指出是第几号事件。"""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    write("甲", 3)
    guards.drop_all(connection)
    assert Event.objects.filter(stream="甲", seq=2).update(**{column: _OTHER[column]}) == 1
    assert verify_all() == [Break("甲", 2, ALTERED)]


@pytest.mark.django_db
def test_a_changed_predecessor_is_located() -> None:
    """不变量八：改动“前一哈希”一列，指出该事件与前一事件不衔接。"""
    write("甲", 3)
    guards.drop_all(connection)
    Event.objects.filter(seq=2).update(prev="f" * 64)
    assert verify_all() == [Break("甲", 2, "与前一事件的哈希不衔接")]


@pytest.mark.django_db
def test_a_changed_number_is_located() -> None:
    """不变量八：改动序号等于在原处留下缺口，指出缺口后的第一个事件。"""
    write("甲", 3)
    guards.drop_all(connection)
    Event.objects.filter(seq=2).update(seq=9)
    assert verify_all() == [Break("甲", 3, "序号应为 2，实为 3：中间的事件被删除或插入")]


@pytest.mark.django_db
def test_an_event_moved_to_another_stream_is_located_in_both() -> None:
    """不变量八：把事件挪到别的流，两条流都核对不上。"""
    write("a", 3)
    guards.drop_all(connection)
    Event.objects.filter(seq=2).update(stream="b")
    gap = "中间的事件被删除或插入"
    assert verify_all() == [
        Break("a", 3, f"序号应为 2，实为 3：{gap}"),
        Break("b", 2, f"序号应为 1，实为 2：{gap}"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("gone", "found"),
    [
        (1, Break("甲", 2, "序号应为 1，实为 2：中间的事件被删除或插入")),
        (2, Break("甲", 3, "序号应为 2，实为 3：中间的事件被删除或插入")),
        (
            3,
            Break(
                "甲",
                2,
                "链头记录为第 3 号，实际最后一个事件为第 2 号：末尾的事件被删除或链头被改动",
            ),
        ),
    ],
)
def test_a_deleted_event_is_located(gone: int, found: Break) -> None:
    """不变量八：删去首、中、末任一事件，核对指出断处。"""
    write("甲", 3)
    guards.drop_all(connection)
    assert Event.objects.filter(seq=gone).delete()[0] == 1
    assert verify_all() == [found]


@pytest.mark.django_db
def test_a_changed_head_is_located() -> None:
    """不变量八：链头的哈希或序号被改、链头被删，都能发现。"""
    hashes = [event.hash for event in write("甲", 2)]
    said = "链头记录为第 {} 号，实际最后一个事件为第 2 号：末尾的事件被删除或链头被改动"
    Head.objects.update(hash="f" * 64)
    assert verify_all() == [Break("甲", 2, said.format(2))]
    Head.objects.update(hash=hashes[0], seq=1)
    assert verify_all() == [Break("甲", 2, said.format(1))]
    Head.objects.all().delete()
    assert verify_all() == [Break("甲", 2, "链头缺失")]


@pytest.mark.django_db
def test_the_daily_heads_are_those_of_the_legal_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """不变量八、十一：每日链头按北京时间的日界取每条流当日终了时的末号，全文逐字。"""
    written = {}
    for stream, minute in (("b", 15 * 60 + 59), ("a", 0), ("b", 16 * 60)):
        instant = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)
        monkeypatch.setattr(clock, "now", lambda at=instant: at)
        event = write(stream, 1)[0]
        written[event.stream, event.seq] = event.hash
    a, b, later = written["a", 1], written["b", 1], written["b", 2]
    assert heads_on(date(2024, 2, 29)) == []
    assert heads_on(date(2024, 3, 1)) == [StreamHead("a", 1, a), StreamHead("b", 1, b)]
    assert digest_text(date(2024, 2, 29)) == "# 公开 审计链头 2024-02-29\n"
    assert digest_text(date(2024, 3, 1)) == f"# 公开 审计链头 2024-03-01\na 1 {a}\nb 1 {b}\n"
    assert digest_text(date(2024, 3, 2)) == f"# 公开 审计链头 2024-03-02\na 1 {a}\nb 2 {later}\n"


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_one_chain() -> None:
    """不变量八：两人同时写同一条流（连第一个事件也同时写），仍是一条不断的链。"""
    together, rounds = threading.Barrier(2), 15

    def writer() -> None:
        try:
            for n in range(rounds):
                together.wait(timeout=20)
                write(f"s{n % 3}", 2)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (Event.objects.count(), verify_all()) == (4 * rounds, [])
    assert dict(Head.objects.values_list("stream", "seq")) == {f"s{n}": 20 for n in range(3)}
