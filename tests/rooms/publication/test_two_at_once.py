"""Two people decide on one item in the same second: one of them does, the other is told what happened."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from gongkai.audit.queries import verify_all
from gongkai.publication.actions import PublicationRefused, publish_edition, publishing, withdraw
from gongkai.publication.models import Ending, Publication
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import Cast, make_cast
from tests.rooms.publication.approving import urgent


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_or_withdraw_at_once_one_does(public: Path) -> None:
    """两位同事同时发布同一版、同时撤下：一人办成，另一人得到一句说明；只有一次发布、一次撤下，日志完整。"""
    cast = make_cast()
    edition = urgent(cast)
    said = at_once(
        *(partial(publish_edition, edition, by=who) for who in (cast.chen, cast.li)), told=True
    )
    assert said.count(DONE) == 1
    assert any("《防汛提示》" in one and "发布" in one for one in said)
    one = Publication.objects.get()
    by = (cast.li, cast.zhao)
    said = at_once(*(partial(withdraw, one, reason="误发", by=who) for who in by), told=True)
    assert sorted(said) == sorted(
        [DONE, "这一版已经不在线（已撤下或者已有新版本），请刷新后查看。"]
    )
    assert (Ending.objects.count(), verify_all()) == (1, [])


def test_who_comes_a_moment_later_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """两人都看到“可以发布”，前一人刚提交：后一人得到说明，不出错页，线上的一版不受影响。"""
    edition = urgent(cast)
    approval = publishing._approval(edition, [])
    publish_edition(edition, by=cast.chen)
    monkeypatch.setattr(publishing, "_approval", lambda edition, before: approval)
    with pytest.raises(PublicationRefused, match="刚刚由另一位同事发布，请刷新后查看"):
        publish_edition(edition, by=cast.li)
    assert [(one.seq, one.live) for one in Publication.objects.all()] == [(1, True)]
