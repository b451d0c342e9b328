"""Finding which of 100 000 requests to one organ are like a new one, what they ask for sealed.

On SQLite in a scratch folder; on PostgreSQL when DATABASE_URL names a database to fill
(``python -m tests.postgres python -m benchmarks resembling``).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.counties import each
from benchmarks.measure import say, sizes

_BATCH = 1_000
_ASKED = 200
_TOWNS = "青石白沙临河望山新桥古井东湖西岭南坪北渡"
_VILLAGES = "大槐小柳上马下庄前营后屯李家王湾石桥黄坡"
_MATTERS = (
    "集体土地征收公告、征地补偿安置方案",
    "农村公路养护工程的中标单位和合同金额",
    "危房改造补助对象名单和金额",
    "高标准农田建设项目验收报告",
    "村级财务收支明细",
    "饮水安全工程水质检测结果",
    "宅基地审批登记册",
    "低保家庭公示和救助资金发放明细",
    "环境影响评价批复文件和排污许可证",
    "房屋征收决定及其评估报告",
    "学校招生计划和学区划分方案",
    "河道采砂许可的审批材料",
)
_LEADS = ("申请公开", "请公开", "关于", "我想要", "希望提供", "")


def run() -> None:
    """Fill each size in a process and a place of its own, then ask."""
    each(sizes(100_000), _measure, elsewhere=True)


def _measure(folder: Path, size: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gongkai.foi.models import Case  # noqa: PLC0415
    from gongkai.foi.resembling.queries import nearest  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    where, began = connection.vendor, time.perf_counter()
    _fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if where == "sqlite" else "VACUUM ANALYZE")
    each = (time.perf_counter() - began) * 1000 / size
    say(f"request entered, {size} ({where})", f"{each:.1f} ms")
    draw, spent, found = random.Random(7), [], 0  # noqa: S311  # repeatable, nothing secret
    cases = [Case.objects.earliest("pk").pk + draw.randrange(size) for _ in range(_ASKED)]
    for case in Case.objects.filter(pk__in=cases).select_related("agency"):
        began = time.perf_counter()
        found += bool(nearest(case, among=Case.objects.filter(agency=case.agency)))
        spent.append((time.perf_counter() - began) * 1000)
    p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    title = f"the like of one among {size} ({where})"
    say(title, f"p50 {p50:.0f}, p95 {p95:.0f} ms", "bar: 100 ms")
    say("of those asked about have some", f"{found} / {len(spent)}")


def _fill(size: int) -> None:
    from gongkai.agencies.actions import establish_agency  # noqa: PLC0415
    from gongkai.agencies.models import Level  # noqa: PLC0415
    from gongkai.audit import clock  # noqa: PLC0415
    from gongkai.audit.identity import new_uid  # noqa: PLC0415
    from gongkai.foi.identity import Identity, conceal  # noqa: PLC0415
    from gongkai.foi.issuing.models import RequestWords  # noqa: PLC0415
    from gongkai.foi.issuing.sealed import seal_words  # noqa: PLC0415
    from gongkai.foi.models import Case, CaseKind, State  # noqa: PLC0415
    from gongkai.foi.resembling.actions.marking import enter  # noqa: PLC0415
    from gongkai.people.actions import register_person  # noqa: PLC0415
    from gongkai.text.urlkey import url_key  # noqa: PLC0415

    officer = register_person(name="基准小陈", staff_no="B-01", by=None)
    agency = establish_agency(
        code="TS0000001", credit_code="11990000TS00000010", level=Level.COUNTY, by=officer,
        name="基准县人民政府", short="县政府", mark="基政", since=date(2019, 1, 1),
    )  # fmt: skip
    applicant = conceal(Identity("基准申请人", "000000198001010015", ""), "nat")
    applicant.save()
    now, texts, n = clock.now(), _texts(), 0
    while n < size:
        cases = []
        for _ in range(min(_BATCH, size - n)):
            uid, n = new_uid(), n + 1
            cases.append(
                Case(
                    uid=uid, agency=agency, applicant=applicant, number=f"B-{n}", url_key=url_key(uid),
                    kind=CaseKind.REQUEST, channel="web", submitted_at=now, klass="nat",
                    received_on=date(2024, 3, 4), state=State.HANDLING,
                )
            )  # fmt: skip
        Case.objects.bulk_create(cases)
        rows = [RequestWords(case=case, entered_at=now) for case in cases]
        for row, text in zip(rows, islice(texts, len(rows)), strict=True):
            seal_words(row, text)
        RequestWords.objects.bulk_create(rows)
        enter(cases)


def _texts() -> Iterator[str]:
    """Yield requests as people write them: a dozen matters, asked of hundreds of places and ten years."""
    draw = random.Random(7)  # noqa: S311  # repeatable, nothing secret
    while True:
        town = "".join(draw.sample(_TOWNS, 2))
        village = "".join(draw.sample(_VILLAGES, 2))
        more = "".join(chr(0x4E00 + draw.randrange(3_000)) for _ in range(draw.randrange(25)))
        yield f"{draw.choice(_LEADS)}{town}镇{village}村{draw.randrange(2014, 2025)}年{draw.choice(_MATTERS)}{more}"
