"""Searching a county of 10 000 and of 100 000 documents: building, size, the first page, facets.

On SQLite in a scratch folder; on PostgreSQL when DATABASE_URL names a database to fill
(``POSTGRES_OPTIONS=shared_buffers=2GB python -m tests.postgres python -m benchmarks search``: as the manual advises).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.counties import each
from benchmarks.measure import say, sizes

_SIZES = sizes(10_000, 100_000)
_RUNS = 2
_MARKS = "，，，。、；"


class Corpus:
    """Documents of about 1 100 characters: 150 common words, 200 terms, 30 000 rare names, by Zipf."""

    def __init__(self) -> None:
        self.draw = random.Random(20_260_727)  # noqa: S311  # a repeatable corpus, nothing secret
        self.common = [self._word(2, 3) for _ in range(150)]
        self.terms = [self._word(2, 6) for _ in range(200)]
        self.names = [self._word(3, 3) for _ in range(30_000)]
        words = [*self.common, *self.terms, *self.names]
        self._weights = list(accumulate(1 / (n + 1) for n in range(len(words))))
        self._words = words

    def _word(self, least: int, most: int) -> str:
        return "".join(
            chr(0x4E00 + int(self.draw.betavariate(1, 4) * 6_000))
            for _ in range(self.draw.randint(least, most))
        )

    def words(self, count: int) -> list[str]:
        return self.draw.choices(self._words, cum_weights=self._weights, k=count)

    def text(self, words: int) -> str:
        return "".join(word + (self.draw.choice(_MARKS) if n % 5 == 4 else "")
                       for n, word in enumerate(self.words(words)))  # fmt: skip


def run() -> None:
    """Build and ask each size in a process and a place of its own."""
    each(_SIZES, _measure, elsewhere=True)


def _measure(folder: Path, size: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gongkai.search.actions import merge_waiting, rebuild  # noqa: PLC0415
    from gongkai.search.entry import Audience  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    corpus = Corpus()
    start = time.perf_counter()
    rebuild(Audience.PUBLIC, _entries(corpus, size), lambda said: None)
    taken = time.perf_counter() - start
    where = f"{connection.vendor}, {size}"
    say(f"index built, {where}", f"{size / taken:.0f} a second, {taken:.0f} s", "bar: 180 s")
    say(f"size, {where}", _sizes())
    _one_more(corpus, size, where)
    _ask_all(corpus, where)
    if connection.vendor == "postgresql":
        start = time.perf_counter()
        pages = merge_waiting()
        say(f"{pages} pages of what waited sorted in", f"{time.perf_counter() - start:.1f} s")
        _ask_all(corpus, f"{where}, none waiting")
    say_how_fast_the_machine_is()


def _entries(corpus: Corpus, size: int) -> Iterator[Any]:
    for n in range(size):
        yield _entry(corpus, n)


def _entry(corpus: Corpus, n: int) -> Any:
    from gongkai.audit.identity import new_uid  # noqa: PLC0415
    from gongkai.search.entry import Audience, Entry  # noqa: PLC0415

    draw = corpus.draw
    day = date(2024, 12, 31) - timedelta(days=draw.randrange(3_650))
    return Entry(
        key=new_uid(),
        audience=Audience.PUBLIC,
        title="关于" + "".join(corpus.words(5)) + "的通知",
        text=corpus.text(400),
        agency_id=draw.randrange(60),
        kind=draw.choice(("news", "notice", "policy", "meeting")),
        published_on=day,
        year=day.year,
        url=f"/i/{n}",
        columns=(f"c{draw.randrange(40)}",),
    )


def _one_more(corpus: Corpus, size: int, where: str) -> None:
    from django.db import transaction  # noqa: PLC0415

    from gongkai.search.actions import index  # noqa: PLC0415

    def add(entry: Any) -> None:
        with transaction.atomic():
            index(entry)

    more = [_entry(corpus, size + n) for n in range(50)]
    _tell(f"one entry indexed and committed, {where}", [partial(add, one) for one in more], "")


def _ask_all(corpus: Corpus, where: str) -> None:
    from gongkai.search.models import PublicBody  # noqa: PLC0415
    from gongkai.search.queries import find  # noqa: PLC0415
    from gongkai.search.results import Filters  # noqa: PLC0415

    draw = corpus.draw
    bodies = list(PublicBody.objects.values_list("folded", flat=True)[:2_000])
    frequent = [*corpus.common, *corpus.terms]
    words = [draw.choice(frequent) for _ in range(100)]
    pairs = [" ".join(draw.sample(frequent, 2)) for _ in range(80)]
    rare = [draw.choice(corpus.names) for _ in range(50)]
    phrases = [_piece(draw, draw.choice(bodies)) for _ in range(60)]
    bar = "bar: p95 30 ms SQLite, 60 ms PostgreSQL"
    for title, typed in (
        ("one word", words),
        ("two words", pairs),
        ("rare name", rare),
        ("phrase of 5 to 8", phrases),
    ):
        first = [partial(find, one, facets=False) for one in typed]
        _tell(f"first page, {title}, {where}", first, bar)
    filtered = [partial(find, one, Filters(agency_id=7), facets=False) for one in words]
    _tell(f"first page, one word of one agency, {where}", filtered, bar)
    counted = [partial(find, one) for one in words]
    _tell(f"first page and facets, one word, {where}", counted, "bar: facets 200 ms")
    totals = sorted(find(one, facets=False).total for one in words)
    say(f"results of one word, {where}", f"p50 {totals[50]}, p95 {totals[95]}")


def _piece(draw: random.Random, text: str) -> str:
    start = draw.randrange(len(text) - 8)
    return text[start : start + draw.randint(5, 8)]


def _tell(title: str, works: Sequence[Callable[[], object]], bar: str) -> None:
    runs = 1 if "indexed" in title else _RUNS
    times = sorted(min(_seconds(work) for _ in range(runs)) * 1000 for work in works)
    p95 = times[int(len(times) * 0.95)]
    say(title, f"p50 {statistics.median(times):.1f}, p95 {p95:.1f} ms", bar)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _sizes() -> str:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('search_publicentry') "
                "+ pg_total_relation_size('search_publicbody'), pg_relation_size('search_public_tokens')"
            )
            whole, index = cursor.fetchone()
        else:
            cursor.execute("SELECT sum(length(block)) FROM search_public_index_data")
            (index,) = cursor.fetchone()
            cursor.execute(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
            (whole,) = cursor.fetchone()
    return f"{whole / 1e6:.0f} MB, of it index {index / 1e6:.0f} MB"
