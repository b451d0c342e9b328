"""登记一件申请，同一机关此前可能相同的随即找到；内容加密保存，索引里没有原文；更换密钥、到期销毁都跟着办。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.foi.actions import Arrival, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.models import RequestWords
from gongkai.foi.issuing.sealed import seal_words
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import purge
from gongkai.foi.personal.queries import purge_list
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.rules import How
from gongkai.foi.resembling.actions.marking import enter
from gongkai.foi.resembling.actions.renewing import renew_and_find
from gongkai.foi.resembling.models import Fingerprint, FingerprintBand, Likeness
from gongkai.foi.resembling.queries import nearest, unmarked
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.project.keys.actions import rotate
from gongkai.vault.ring import Key
from tests.rooms.cast import Cast
from tests.rooms.foi.receiving.filling import begun, submitted
from tests.rooms.foi.resembling.pairs import APART, SAME
from tests.rooms.portal.scene import make_scene
from tests.rooms.vault.test_rotation import NEW, OLD, change_key, silent

FIRST, AGAIN = next((text, others) for text, others in SAME.items())
DAY = date(2024, 3, 4)


def asks(agency: Agency, by: Person, words: str, who: str = "000000198001010015") -> Case:
    """Register a request for *words*."""
    arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=DAY), clock.start_of(DAY))
    identity = Identity("试验申请人", who, "试验地址")
    return register_case(
        agency, applicant=identity, klass="nat", arrival=arrival, words=words, by=by
    )


def pairs() -> list[tuple[int, int, int]]:
    return list(
        Likeness.objects.order_by("case", "-percent", "-earlier").values_list(
            "case", "earlier", "percent"
        )
    )


def test_a_request_asked_again_is_found_as_it_is_registered(cast: Cast) -> None:
    """条例第三十六条第六项：换了顺序、年份写成汉字的都找到，由高到低；不相干的不列。"""
    first = asks(cast.office, cast.wang, FIRST)
    for other in APART[2:12]:
        asks(cast.office, cast.wang, other)
    second = asks(cast.office, cast.wang, AGAIN[0])
    third = asks(cast.office, cast.wang, AGAIN[3], "000000198001010023")
    assert pairs() == [
        (second.pk, first.pk, 100),
        (third.pk, second.pk, 88),
        (third.pk, first.pk, 88),
    ]


def test_another_organ_is_not_compared(cast: Cast) -> None:
    """不变量四：同样的内容向别的机关申请，不列，索引里也看不出相同。"""
    asks(cast.office, cast.wang, FIRST)
    asks(cast.county, cast.wang, FIRST)
    tokens = list(FingerprintBand.objects.values_list("token", flat=True))
    assert (pairs(), len(tokens)) == ([], len(set(tokens)))


def test_a_submission_is_marked_when_it_becomes_a_request(cast: Cast) -> None:
    """网上提交的在双方确认、登记为申请时入索引，确认以前不入。"""
    found = []
    for _ in range(2):
        sent = submitted(cast.office, begun())
        before = Fingerprint.objects.count()
        confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
        found.append((before, Fingerprint.objects.count()))
    assert (found, [percent for _, _, percent in pairs()]) == ([(0, 1), (1, 2)], [100])


def test_the_index_holds_nothing_to_read(cast: Cast) -> None:
    """个人信息保护法第五十一条：索引只有带钥摘要，一件申请 24 个数；没有密钥算不出，也试不出。"""
    case = asks(cast.office, cast.wang, FIRST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM foi_fingerprint")
        rows = cursor.fetchall()
        cursor.execute("SELECT token FROM foi_fingerprintband")
        tokens = [row[0] for row in cursor.fetchall()]
    assert [row[0] for row in rows] == [case.pk]
    assert (len(tokens), len({token > 0 for token in tokens})) == (24, 1)


def test_an_old_key_finds_until_it_is_changed_and_the_index_with_it(
    cast: Cast, settings: Settings
) -> None:
    """更换密钥：更换以前按旧密钥也找得到，更换以后全部在新密钥之下，旧的摘要一个不留。"""
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = OLD, ()
    first = asks(cast.office, cast.wang, FIRST)
    old = set(FingerprintBand.objects.values_list("token", flat=True))
    change_key(settings)
    second = asks(cast.office, cast.wang, AGAIN[0])
    assert [(case, earlier) for case, earlier, _ in pairs()] == [(second.pk, first.pk)]
    rotate(silent, by=cast.li)
    settings.IDENTITY_KEYS_OLD = ()
    keys = set(Fingerprint.objects.values_list("key_id", flat=True))
    left = old & set(FingerprintBand.objects.values_list("token", flat=True))
    assert (keys, left) == ({Key(NEW).id}, set())
    near = nearest(second, among=Case.objects.all())
    assert [one.case_id for one in near] == [first.pk]


def test_the_job_enters_what_was_there_before(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """升级以前登记的，夜里补入索引；在办的补做比对；再跑一遍什么也不变。查询次数不随件数增长。"""
    cases = [asks(cast.office, cast.wang, text) for text in (FIRST, *APART[2:8], AGAIN[0])]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foi_fingerprintband")
        cursor.execute("DELETE FROM foi_fingerprint")
    with django_assert_max_num_queries(60):
        assert renew_and_find(lambda done, total: None) == (8, 1)
    assert pairs() == [(cases[-1].pk, cases[0].pk, 100)]
    assert (renew_and_find(lambda done, total: None), unmarked().count()) == ((0, 0), 0)


def test_what_is_destroyed_is_found_no_more(db: None) -> None:
    """个人信息保护法第十九条：身份到期销毁，指纹在同一事务里去掉，以后也不补；在办的留着。"""
    scene = make_scene()
    kept, gone = scene.waiting, scene.prompt
    for case in (kept, gone):
        if not RequestWords.objects.filter(case=case).exists():
            keep_words(case, FIRST)
    enter([kept, gone])
    rules = Rules.national(date(2035, 6, 1))
    purge(purge_list(rules).hash, rules=rules, by=scene.cast.li)
    renew_and_find(lambda done, total: None)
    left = Fingerprint.objects.filter(case__in=[kept, gone]).values_list("case", flat=True)
    assert (list(left), FingerprintBand.objects.filter(fingerprint=gone.pk).count()) == (
        [kept.pk],
        0,
    )


def keep_words(case: Case, words: str) -> None:
    row = RequestWords(case=case, entered_at=clock.now())
    seal_words(row, words)
    row.save()


@pytest.mark.parametrize("words", ["", "路", "，。"])
def test_a_request_too_short_to_compare_is_registered(cast: Cast, words: str) -> None:
    """只有一个字、没有字的也照样登记，什么也不比。"""
    asks(cast.office, cast.wang, words)
    asks(cast.office, cast.wang, words)
    assert (pairs(), FingerprintBand.objects.count()) == ([], 0)
