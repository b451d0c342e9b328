"""Invariant 4 over the whole site: URL × method × role, with an object of another agency."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from gongkai.people.audience import audience_of
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.walk import leaky
from tests.rooms.walk.samples import NO_KEY, SAMPLES, Listing, Owned, Sample
from tests.rooms.walk.walking import (
    leaks,
    patterns,
    read_to_its_end,
    shown,
    staff_names,
    without_sample,
)
from tests.rooms.walk.world import World, make_world

SITE = "gongkai.project.urls"
PLANTED = "tests.rooms.walk.leaky"
_TELLING = (
    "intake",
    *("desk-home", "desk-cases", "desk-search", "identity-looks", "desk-jobs", "desk-inbox"),
    *("review", "desk-items", "desk-withheld", "disputes", "topics"),
)
CASE = Owned(lambda things: {"url_key": things.case.url_key}, {"url_key": NO_KEY})


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_staff_address_has_a_sample() -> None:
    """新增的工作人员地址必须写明它打开谁的东西，否则这一条不过。"""
    assert without_sample(staff_names(get_resolver(SITE).url_patterns), SAMPLES) == []


@pytest.mark.once
def test_nobody_learns_of_another_agencys_things(world: World) -> None:
    """不变量四：每个地址、每种方法、每个角色，外单位的东西都答 404（或者方法不对），与不存在的一样。"""
    assert list(leaks(SAMPLES, world, SITE)) == []


@pytest.mark.once
def test_the_walk_is_not_blind(world: World) -> None:
    """同样的地址换成本单位的东西，至少对一个角色是有的（打得开，或者说明无权）：样本不是空的。"""
    opened = set()
    for name, sample in SAMPLES.items():
        if isinstance(sample, Owned):
            arguments = dict(sample.arguments(world.ours))
            opened |= {
                name for client in world.insiders.values() if _opens(client, name, arguments)
            }
    assert opened == {name for name, sample in SAMPLES.items() if isinstance(sample, Owned)}


def test_the_marks_of_a_listing_can_be_seen(world: World) -> None:
    """名单类页面确实会显示本单位的东西：找不到外单位的标记，不是因为什么都没有显示。"""
    seen = set()
    for name in _TELLING:
        for client in world.insiders.values():
            sample = SAMPLES[name]
            assert isinstance(sample, Listing)
            seen |= {name for _ in shown(name, sample, client, world.ours.marks, SITE)}
    assert seen == set(_TELLING)


@pytest.mark.once
def test_administrators_see_no_content(world: World) -> None:
    """三员分立：系统、安全、审计管理员看不到任何机关的申请、报送和草稿，名单里也没有。"""
    found = []
    for role, client in world.administrators.items():
        for name, sample in SAMPLES.items():
            if isinstance(sample, Owned):
                arguments = dict(sample.arguments(world.theirs))
                found += [(role, name)] if _opens(client, name, arguments) else []
            elif isinstance(sample, Listing):
                marks = (*world.theirs.marks, *world.ours.marks)
                found += [(role, name) for _ in shown(name, sample, client, marks, SITE)]
    assert found == []


@override_settings(ROOT_URLCONF=PLANTED)
def test_planted_leaks_are_caught(world: World) -> None:
    """漏查机关的页面、列出全部的名单、用 403 泄露存在与否的页面，都被查出。"""
    samples: dict[str, Sample] = {
        "planted-object": CASE,
        "planted-status": CASE,
        "planted-list": Listing(),
    }
    caught = {line.split()[0] for line in leaks(samples, world, PLANTED)}
    assert caught == set(samples)


def test_planted_addresses_without_sample_or_audience_are_caught() -> None:
    """没有样本、没有声明读者的地址被点名；多出来的样本也被点名。"""
    names = staff_names(leaky.urlpatterns)
    assert without_sample(names, {"planted-object": CASE, "gone": CASE}) == [
        "gone",
        "planted-list",
        "planted-status",
    ]
    undeclared = [
        one.name for one in patterns(leaky.urlpatterns) if audience_of(one.callback) is None
    ]
    assert undeclared == ["planted-undeclared"]


def _opens(client: Client, name: str, arguments: dict[str, object]) -> bool:
    address = reverse(name, kwargs=arguments)
    answers = (client.get(address), client.post(address))
    for answer in answers:
        read_to_its_end(answer)
    return any(answer.status_code not in (404, 405) for answer in answers)
