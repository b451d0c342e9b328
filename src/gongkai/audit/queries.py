"""Reading the log: does each chain hold, and where did each stream stand at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from gongkai.audit import clock
from gongkai.audit.chain import GENESIS, link
from gongkai.audit.models import Event, Head

_CHUNK = 2_000


@dataclass(frozen=True)
class Break:
    """The first row of a stream that does not hold, and why."""

    stream: str
    seq: int
    reason: str


@dataclass(frozen=True)
class StreamHead:
    """Where a stream stood: its last event of a day."""

    stream: str
    seq: int
    hash: str


def verify_stream(stream: str) -> Break | None:
    """Walk *stream* from its first event and return the first break, or None when it holds."""
    expected_seq, prev = 1, GENESIS
    events = Event.objects.filter(stream=stream).order_by("seq").iterator(chunk_size=_CHUNK)
    for event in events:
        reason = _fault(event, expected_seq, prev)
        if reason:
            return Break(stream, event.seq, reason)
        expected_seq, prev = event.seq + 1, event.hash
    return _head_fault(stream, expected_seq - 1, prev)


def verify_all() -> list[Break]:
    """Return the first break of every stream that does not hold."""
    return [found for stream in streams() if (found := verify_stream(stream))]


def streams() -> list[str]:
    """Return every stream that has a head or an event."""
    heads = set(Head.objects.values_list("stream", flat=True))
    return sorted(heads | set(Event.objects.values_list("stream", flat=True).distinct()))


def heads_on(day: date) -> list[StreamHead]:
    """Return each stream's last event up to the end of *day* in Asia/Shanghai, ordered by stream."""
    end = clock.start_of(day + timedelta(days=1))
    last = Event.objects.filter(at__lt=end).values("stream").annotate(last=Max("seq"))
    wanted = {row["stream"]: row["last"] for row in last}
    events = Event.objects.filter(stream__in=wanted, seq__in=set(wanted.values()))
    return sorted(
        (StreamHead(e.stream, e.seq, e.hash) for e in events if wanted[e.stream] == e.seq),
        key=lambda head: head.stream,
    )


def digest_text(day: date) -> str:
    """Return the daily head file: one line a stream, `stream seq hash`, under a line naming the day."""
    lines = [f"# 公开 审计链头 {day.isoformat()}", *_head_lines(heads_on(day))]
    return "\n".join(lines) + "\n"


def _head_lines(heads: Iterable[StreamHead]) -> list[str]:
    return [f"{head.stream} {head.seq} {head.hash}" for head in heads]


def _fault(event: Event, expected_seq: int, prev: str) -> str | None:
    if event.seq != expected_seq:
        return f"序号应为 {expected_seq}，实为 {event.seq}：中间的事件被删除或插入"
    if event.prev != prev:
        return "与前一事件的哈希不衔接"
    if link(event) != event.hash:
        return "内容与其哈希不符：这一行被改动过"
    return None


def _head_fault(stream: str, seq: int, prev: str) -> Break | None:
    head = Head.objects.filter(stream=stream).first()
    if head is None:
        return Break(stream, seq, "链头缺失")
    if (head.seq, head.hash) != (seq, prev):
        return Break(
            stream,
            seq,
            f"链头记录为第 {head.seq} 号，实际最后一个事件为第 {seq} 号：末尾的事件被删除或链头被改动",
        )
    return None
