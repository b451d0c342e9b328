"""The demo's normative documents: forty-two by the end of 2023, twelve more in 2024, and their exits."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta

from gongkai.audit import clock
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.models import Edition, Kind
from gongkai.law.counting import ONE_DAY
from gongkai.policies.actions import Dates, end_policy, enter_norm
from gongkai.policies.models import Policy, RelationKind
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from gongkai_demo.cast import Cast
from gongkai_demo.organs import DATA, Organ

BASIS = "文件清理决定（演示）"
WAIVED = "台账启用前已在原网站发布，补录（演示）"
_SUBJECTS = (
    "供水管理",
    "犬只管理",
    "殡葬服务",
    "养老服务",
    "校车安全",
    "秸秆利用",
    "停车秩序",
    "户外广告",
    "河道采砂",
    "集市管理",
    "物业服务",
    "古树名木",
)
_RULES = "暂行办法"
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MADE = {2021: 16, 2022: 14, 2023: 12, 2024: 12}
_ISSUERS = (0, 1, 12, 14, 22)
_FIRST_OF_NEXT = date(2025, 1, 1)


def enact(organs: Sequence[Organ], cast: Cast) -> list[Policy]:
    """Enter every document year by year; return them in order of writing."""
    return [policy for year, count in _MADE.items() for policy in _year(year, count, organs, cast)]


def retire(policies: Sequence[Policy], cast: Cast) -> None:
    """Five exits in 2023, nine in 2024 of all three kinds, and one decided in 2024 for 1 January 2025."""
    kinds = (RelationKind.REPEALS, RelationKind.DECLARES_INVALID, RelationKind.EXPIRES)
    for n, target in enumerate(policies[:14]):
        on = date(2023, 3 + n, 10) if n < 5 else date(2024, n - 3, 20)
        end_policy(
            target,
            kind=kinds[n % 3],
            effective_on=on,
            decided_on=on - 10 * ONE_DAY,
            basis=BASIS,
            by=cast.leader,
        )
    end_policy(
        policies[14],
        kind=RelationKind.REPEALS,
        effective_on=_FIRST_OF_NEXT,
        decided_on=date(2024, 12, 10),
        basis=BASIS,
        source=policies[-1],
        by=cast.leader,
    )


def _year(year: int, count: int, organs: Sequence[Organ], cast: Cast) -> list[Policy]:
    made = []
    for n in range(count):
        organ = organs[_ISSUERS[n % len(_ISSUERS)]]
        written = date(year, 1, 15) + timedelta(days=n * 340 // count)
        made.append(_policy(organ, n, written, cast, last=n == count - 1))
    return made


def _policy(organ: Organ, n: int, written: date, cast: Cast, *, last: bool) -> Policy:
    subject = _SUBJECTS[n % len(_SUBJECTS)]
    title = f"{subject}{_RULES}（演示 {written.year}-{n + 1}）"
    draft = Draft(Kind.POLICY, title, _articles(organ, subject, n), art20=1)
    editions = _published([draft], organ, written + 3 * ONE_DAY, cast)
    in_force = _FIRST_OF_NEXT if last and written.year == 2024 else written + 30 * ONE_DAY
    dates = Dates(written, written + 3 * ONE_DAY, in_force)
    number = f"{organ.mark}〔{written.year}〕{n + 1}号"
    return enter_norm(
        editions[0].document, number=number, dates=dates, judged_on=written, by=cast.leader
    )


def _articles(organ: Organ, subject: str, n: int) -> str:
    """Return the text of a document: numbered articles, and the remark that nothing of it is in force."""
    texts = tomllib.loads((DATA / "texts" / "policy.toml").read_text(encoding="utf-8"))
    words = {"subject": subject, "agency": organ.name, "d": f"{10 + n}", "e": f"{5 + n % 6}"}
    numbered = zip(_NUMERALS, texts["article"], strict=True)
    articles = (f"<p>第{number}条　{text.format_map(words)}</p>" for number, text in numbered)
    return "".join(articles) + "<p>（本文件内容为演示而虚构，不具有任何效力。）</p>"


def subject_of(title: str) -> str:
    """Return what the document called *title* is about."""
    return title.partition(_RULES)[0]


def _published(drafts: Sequence[Draft], organ: Organ, on: date, cast: Cast) -> list[Edition]:
    instant = clock.start_of(on) + timedelta(hours=9)
    editions = enter_documents(
        drafts, agency=organ.agency, year=on.year, closed_at=instant, by=cast.author
    )
    waivers = waive_as_imported(editions, agency=organ.agency, reason=WAIVED, by=cast.leader)
    publish_imported(waivers, at=[instant] * len(waivers), agency=organ.agency, by=cast.leader)
    return editions
