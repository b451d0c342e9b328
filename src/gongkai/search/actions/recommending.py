"""What the county shows above the results of a word."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.search.actions.synonyms import STREAM
from gongkai.search.models import BestBet
from gongkai.search.refusal import SearchRefused
from gongkai.search.rules import TENDS, may_tend
from gongkai.text.canonical import Plain
from gongkai.text.folding import fold


@transaction.atomic
def recommend(word: str, *, title: str, url: str, expires_on: date, by: Person) -> BestBet:
    """Show *title* above the results of *word* through *expires_on*.

    Raises :class:`SearchRefused` and ``RoleRefused``.
    """
    authorise(by, may_tend, step="设置推荐结果", whose=TENDS)
    if expires_on < clock.today():
        raise SearchRefused(f"最后一天 {expires_on} 已经过去，推荐不会显示。请填今天或以后的日期。")
    if not url.startswith(("/", "https://", "http://")) or url.startswith("//"):
        raise SearchRefused(
            "网址应是本站以 / 开头的网址，或者以 http://、https:// 开头的完整网址，请改正。"
        )
    bet = BestBet(
        word=word.strip(), folded=fold(word), title=title.strip(), url=url, expires_on=expires_on
    )
    try:
        with transaction.atomic():
            bet.full_clean(validate_constraints=False)
            bet.save(force_insert=True)
    except ValidationError as wrong:
        raise SearchRefused("；".join(wrong.messages)) from wrong
    except IntegrityError as second:
        raise SearchRefused(f"“{bet.word}”已经推荐了这个网址。请先撤下，再重新推荐。") from second
    _note("bet.recommended", bet, by)
    return bet


@transaction.atomic
def end_recommendation(bet: BestBet, *, by: Person) -> None:
    """Show it no more. Raises :class:`SearchRefused` when it is gone already."""
    authorise(by, may_tend, step="撤下推荐结果", whose=TENDS)
    gone, _ = BestBet.objects.filter(pk=bet.pk).delete()
    if not gone:
        raise SearchRefused("这一条推荐刚刚已经撤下，请刷新后查看。")
    _note("bet.ended", bet, by)


def _note(kind: str, bet: BestBet, by: Person) -> None:
    payload: dict[str, Plain] = {
        "word": bet.word,
        "url": bet.url,
        "expires_on": bet.expires_on.isoformat(),
    }
    record(kind, stream=STREAM, subject=f"bet:{bet.uid}", payload=payload, by=by)
