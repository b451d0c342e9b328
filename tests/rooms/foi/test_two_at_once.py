"""Two officers in the same second, on both databases: disputes, topics, and one form that is sent twice."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.disputes.actions.entering import Ending, end_dispute, enter_dispute, record_step
from gongkai.foi.disputes.models import DisputeStep, Redo
from gongkai.foi.handling.actions.once import take_once
from gongkai.foi.handling.actions.searching import record_search
from gongkai.foi.handling.models import TakenForm
from gongkai.foi.models import Case, Dispute, SearchRecord
from gongkai.foi.proactive.actions import keep_topic, tag_case
from gongkai.foi.proactive.models import Topic, TopicCase
from gongkai.rulebook.queries import gaps
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import Cast, make_cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.test_disputes import ARRIVED, COPIED, DECIDED, ENDED, entry
from tests.rooms.foi.test_steps import SOUGHT

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = CaseRefused.__name__
KEY = "0123456789abcdef" * 2


def answered(cast: Cast, who: str = "000000198001010015") -> Case:
    """Return a request that was given and served."""
    case = request_of(cast.county, cast.wang, who=who)
    actions.decide(case, result="granted", on=DECIDED, facts={"material": "一份"}, by=cast.wang)
    return actions.serve(case, on=DECIDED, way="当面", by=cast.wang)


def seen_by_two(case: Case) -> list[Case]:
    """Return the case as two officers have it open."""
    return [Case.objects.select_related("agency", "applicant").get(pk=case.pk) for _ in range(2)]


def disputes() -> list[Dispute]:
    whole = Dispute.objects.select_related("case__agency", "case__applicant")
    return [whole.get() for _ in range(2)]


def test_a_dispute_is_entered_once_and_answered_once() -> None:
    """同一秒两人登记同一件复议、登记同一次答复：各只有一条，后到的被告知。"""
    cast = make_cast()
    acts = [
        partial(enter_dispute, case, entry(), by=by)
        for case, by in zip(seen_by_two(answered(cast)), (cast.wang, cast.li), strict=True)
    ]
    said = at_once(*acts, told=True)
    assert (said.count(DONE), [one for one in said if "一件" in one and "只登记一次" in one]) == (
        1,
        [one for one in said if one != DONE],
    )
    kind = DisputeStep.Kind.RESPONDED
    ended = at_once(*[partial(record_step, one, kind, on=COPIED, by=cast.li) for one in disputes()])
    assert ended == [REFUSED, DONE]
    kinds = DisputeStep.objects.order_by("pk").values_list("kind", flat=True)
    assert (Dispute.objects.count(), list(kinds)) == (1, ["accepted", "responded"])


def test_an_order_to_answer_again_opens_one_case() -> None:
    """读法 Q-3：同一秒两人登记责令重作：一个结果、一件新案，受理编号没有缺号。"""
    cast = make_cast()
    enter_dispute(answered(cast), entry(), by=cast.wang)
    ending = Ending(Dispute.Result.CORRECTED, ENDED, ARRIVED, "示复决1号", redo=True)
    acts = [
        partial(end_dispute, one, ending, by=by)
        for one, by in zip(disputes(), (cast.wang, cast.li), strict=True)
    ]
    assert at_once(*acts) == [REFUSED, DONE]
    numbers = Case.objects.order_by("pk").values_list("received_on", "kind")
    assert list(numbers) == [(date(2024, 3, 4), "request"), (ARRIVED, "redo")]
    steps = DisputeStep.objects.order_by("pk").values_list("kind", flat=True)
    assert (list(steps), Redo.objects.count(), list(gaps())) == (["accepted", "decided"], 1, [])


def test_what_happens_in_a_dispute_is_not_recorded_after_its_end() -> None:
    """同一秒一人登记审结、一人登记开庭：开庭在前两条都在，审结在前开庭登记不进去，没有第三种。"""
    cast = make_cast()
    enter_dispute(answered(cast), entry(), by=cast.wang)
    first, second = disputes()
    ending = Ending(Dispute.Result.MAINTAINED, ENDED, ARRIVED)
    ended = at_once(
        partial(end_dispute, first, ending, by=cast.wang),
        partial(record_step, second, DisputeStep.Kind.HEARING, on=COPIED, by=cast.li),
    )
    steps = list(DisputeStep.objects.order_by("pk").values_list("kind", flat=True))
    assert (ended, steps) in (
        ([DONE, DONE], ["accepted", "hearing", "decided"]),
        ([REFUSED, DONE], ["accepted", "decided"]),
    )


def test_a_request_stands_under_one_topic_whoever_puts_it_there() -> None:
    """条例第四十四条：同一秒归入两个主题：只在一处；两人归入同一新主题：一个主题、两件。"""
    cast = make_cast()
    first, second = seen_by_two(answered(cast))
    ended = at_once(
        partial(tag_case, first, title="甲", by=cast.wang),
        partial(tag_case, second, title="乙", by=cast.li),
    )
    assert (ended in ([DONE, DONE], [REFUSED, DONE]), TopicCase.objects.count()) == (True, 1)
    others = [answered(cast, who=f"00000019800101{n:04d}") for n in (23, 31)]
    ended = at_once(*[partial(tag_case, one, title="丙", by=cast.li) for one in others])
    assert ended == [DONE, DONE]
    under = TopicCase.objects.filter(topic__title="丙").values_list("case", flat=True)
    assert (Topic.objects.filter(title="丙").count(), set(under)) == (
        1,
        {one.pk for one in others},
    )


def test_a_topic_is_judged_once() -> None:
    """同一秒两人登记不转主动公开：一个理由，后到的被告知。"""
    cast = make_cast()
    tag_case(answered(cast), title="甲", by=cast.wang)
    whole = Topic.objects.select_related("agency")
    said = at_once(
        partial(keep_topic, whole.get(), reason="理由一", by=cast.wang),
        partial(keep_topic, whole.get(), reason="理由二", by=cast.li),
        told=True,
    )
    assert sorted(said) == sorted([DONE, "这个主题刚刚由另一位同志登记过结果，请刷新后查看。"])
    assert Topic.objects.get().reason in ("理由一", "理由二")


def test_a_form_sent_twice_in_the_same_second_is_taken_once() -> None:
    """5.14：同一张表单同一秒到两次：一条检索记录、一条“已提交”，第二次得知没有再办；拒绝的不算已提交。"""
    cast = make_cast()
    case, told = request_of(cast.county, cast.wang), []

    def send(mine: Case) -> None:
        on = date(2024, 3, 6)
        act = partial(record_search, mine, SOUGHT, on=on, by=cast.wang)
        told.append(take_once(mine, KEY, act, step="search", by=cast.wang))

    def refuse() -> None:
        raise CaseRefused("不行")

    with pytest.raises(CaseRefused, match="不行"):
        take_once(case, KEY, refuse, step="search", by=cast.wang)
    assert at_once(*[partial(send, one) for one in seen_by_two(case)]) == [DONE, DONE]
    assert sorted(told) == [False, True]
    taken = TakenForm.objects.values_list("case", "form_key", "step", "by_uid")
    assert list(taken) == [(case.pk, KEY, "search", cast.wang.uid)]
    assert SearchRecord.objects.count() == 1
