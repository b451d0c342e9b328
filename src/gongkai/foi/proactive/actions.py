"""Putting requests together by what they were about, and deciding whether that becomes public by itself."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Level
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.models import Case
from gongkai.foi.proactive.models import Topic, TopicCase
from gongkai.foi.proactive.rules import WHO_JUDGES, is_given, may_judge
from gongkai.people.models import Person
from gongkai.publication.models import Publication
from gongkai.text.canonical import Plain


@transaction.atomic
def tag_case(case: Case, *, title: str, by: Person) -> TopicCase:
    """Put *case* under the topic *title* of its agency; one that stands under another moves."""
    _permit(case.agency_id, case.agency.level, "归入主题", by)
    title = " ".join(title.split())
    if not title:
        raise CaseRefused("请写明主题，例如“某某地块征收补偿方案”；不要写申请人的姓名。")
    if not is_given(case):
        raise CaseRefused(
            "只有决定公开、部分公开的申请才归入主题，研究转为主动公开（条例第四十四条）；本案不是。"
        )
    Topic(agency=case.agency, title=title).full_clean(validate_constraints=False)
    topic, _ = Topic.objects.get_or_create(agency=case.agency, title=title)
    moved = TopicCase.objects.filter(case=case).update(
        topic=topic, tagged_on=clock.today(), tagged_by=by
    )
    if not moved:
        _tag(topic, case, by)
    payload: dict[str, Plain] = {"number": case.number, "topic": str(topic.uid)}
    subject = f"case:{case.uid}"
    record("case.tagged", stream=case.agency.code, subject=subject, payload=payload, by=by)
    return TopicCase.objects.get(case=case)


@transaction.atomic
def publish_topic(topic: Topic, *, index_no: str, by: Person) -> Topic:
    """Record that what *topic* is about became public: the item with *index_no* of the same agency."""
    _permit(topic.agency_id, topic.agency.level, "登记转主动公开", by)
    shown = Publication.objects.filter(
        live=True, document__index_no=index_no.strip(), document__agency=topic.agency_id
    )
    found = shown.select_related("document").first()
    if found is None:
        raise CaseRefused(
            f"没有索引号为“{index_no.strip()}”、本机关正在公开的信息；请先发布，再到这里登记。"
        )
    judged: dict[str, object] = {
        "state": Topic.State.PUBLISHED,
        "document": found.document,
        "reason": "",
    }
    return _judge(topic, judged, (Topic.State.OPEN, Topic.State.KEPT), by)


@transaction.atomic
def keep_topic(topic: Topic, *, reason: str, by: Person) -> Topic:
    """Record that *topic* stays what one has to ask for, and why."""
    _permit(topic.agency_id, topic.agency.level, "登记不转主动公开", by)
    if not reason.strip():
        raise CaseRefused("不转主动公开的须写明理由（条例第四十四条）。")
    judged: dict[str, object] = {
        "state": Topic.State.KEPT,
        "document": None,
        "reason": reason.strip(),
    }
    return _judge(topic, judged, (Topic.State.OPEN,), by)


def _judge(
    topic: Topic, judged: dict[str, object], before: tuple[Topic.State, ...], by: Person
) -> Topic:
    waiting = Topic.objects.filter(pk=topic.pk, state__in=before)
    if not waiting.update(**judged, judged_on=clock.today(), judged_by=by):
        raise CaseRefused("这个主题刚刚由另一位同志登记过结果，请刷新后查看。")
    topic.refresh_from_db()
    topic.full_clean()
    payload: dict[str, Plain] = {"state": topic.state}
    subject = f"topic:{topic.uid}"
    record("topic.judged", stream=topic.agency.code, subject=subject, payload=payload, by=by)
    return topic


def _tag(topic: Topic, case: Case, by: Person) -> None:
    tag = TopicCase(topic=topic, case=case, tagged_on=clock.today(), tagged_by=by)
    tag.full_clean(validate_constraints=False, validate_unique=False)
    insert_once(tag, "另一位同志刚刚把这件申请归入了主题，请刷新后查看。")


def _permit(agency_id: int, level: str, step: str, by: Person) -> None:
    authorise(
        by,
        lambda standing: may_judge(standing, agency_id, Level(level)),
        step=f"{step}（条例第四十四条）",
        whose=WHO_JUDGES,
    )
