"""工作台上的后台工作：看得见自己的，别人的是 404；按钮只给该给的人。"""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.jobs import actions
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.kinds import Outcome
from gongkai.jobs.models import Job, State
from gongkai.jobs.work import actions as working
from gongkai.jobs.work.loop import run_next
from gongkai.people.models import Person
from tests.rooms.cast import SINCE, Cast, administrator
from tests.rooms.jobs.planted import Planted
from tests.rooms.people.conftest import administrator_at
from tests.rooms.portal.scene import account


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, person.staff_no.lower()))
    return client


def address(job: Job, act: str = "") -> str:
    return f"/desk/jobs/{job.uid}/{act}"


def test_one_sees_ones_own_and_nobody_elses(cast: Cast, planted: Planted) -> None:
    """不变量四：外局的人看不到本局的工作，打开、停止、重试都是 404。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", agency=cast.grain, by=cast.chen)
    assert signed_in(cast.chen).get(address(job)).status_code == 200
    stranger = signed_in(cast.sun)
    assert stranger.get(address(job)).status_code == 404
    assert stranger.post(address(job, "stop/")).status_code == 404
    assert stranger.post(address(job, "retry/")).status_code == 404
    assert "试办的工作" not in stranger.get("/desk/jobs/").content.decode()
    assert Job.objects.get().state == State.QUEUED


def test_the_office_sees_the_agencies_and_may_not_press(cast: Cast, planted: Planted) -> None:
    """政务公开办看得到各机关的工作，但停止是发起人的事。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", agency=cast.grain, by=cast.chen)
    office = signed_in(cast.li)
    page = office.get(address(job)).content.decode()
    assert "试办的工作" in page
    assert "示例县粮食局" in page
    assert "stop/" not in page
    assert office.post(address(job, "stop/")).status_code == 403


def test_an_administrator_sees_the_installation_and_no_agency(cast: Cast, planted: Planted) -> None:
    """系统管理员看得到系统自己的工作并可停止，看不到各机关的。"""
    keeper = administrator(cast, Role.SYSTEM_ADMINISTRATOR)
    planted.kind("t.sum")
    routine = actions.start("t.sum", by=CLOCKWORK)
    private = actions.start("t.sum", agency=cast.grain, by=cast.chen)
    outside, client = signed_in(keeper), administrator_at(keeper)
    assert client.get(address(private)).status_code == 404
    assert outside.post(address(routine, "stop/")).status_code == 403
    assert client.post(address(routine, "stop/")).status_code == 302
    assert Job.objects.get(pk=routine.pk).state == State.STOPPED


def test_a_running_page_shows_progress_and_looks_again(cast: Cast, planted: Planted) -> None:
    """进行中：进度条有文字，没有脚本也会自动更新；办完就不再更新。"""
    planted.kind("t.sum", lambda progress: Outcome("一共 3 件。"))
    job = actions.start("t.sum", by=cast.chen)
    taken = working.claim(job.uid, worker="甲")
    assert taken is not None
    working.report_progress(taken, done=2, total=5, what="第三册")
    client = signed_in(cast.chen)
    page = client.get(address(job)).content.decode()
    assert '<progress class="progress" max="5" value="2"' in page
    assert "<span>2 / 5，第三册</span>" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    working.finish(taken, text="一共 3 件。\n没有遗漏。", address="/desk/")
    page = client.get(address(job)).content.decode()
    assert "<li>一共 3 件。</li><li>没有遗漏。</li>" in page
    assert "http-equiv" not in page
    assert "live.js" not in page


def test_a_reason_is_text_and_never_markup(cast: Cast, planted: Planted) -> None:
    """原因里有尖括号也只是文字。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=cast.chen)
    Job.objects.filter(pk=job.pk).update(
        state=State.FAILED, reason="<script>x</script>", finished_at=clock.now()
    )
    page = signed_in(cast.chen).get(address(job)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


def test_a_failed_job_is_retried_from_its_page(cast: Cast, planted: Planted) -> None:
    """没有办成的页面上有重试；按两次，第二次说明为什么不行。"""
    planted.kind("t.sum")
    job = actions.start("t.sum", by=cast.chen)
    Job.objects.filter(pk=job.pk).update(
        state=State.FAILED, reason="磁盘满了。", finished_at=clock.now()
    )
    client = signed_in(cast.chen)
    assert f"{address(job)}retry/" in client.get(address(job)).content.decode()
    assert client.post(address(job, "retry/")).status_code == 302
    second = client.post(address(job, "retry/"))
    assert second.status_code == 409
    assert "不能重试" in second.content.decode()


def test_work_is_started_by_those_whose_task_it_is(cast: Cast, planted: Planted) -> None:
    """核验由审计、审计管理员发起，备份由系统管理员发起；别人看不到按钮，硬提交是 403。"""
    appoint(cast.sun, cast.office, role=Role.AUDITOR, since=SINCE, by=cast.li)
    keeper = administrator(cast, Role.SYSTEM_ADMINISTRATOR)
    clients = {who: signed_in(who) for who in (cast.sun, cast.chen)}
    clients[keeper] = administrator_at(keeper)
    offered = {
        who.name: [
            title
            for title in ("核验台账", "备份")
            if f">{title}</button>" in client.get("/desk/jobs/").content.decode()
        ]
        for who, client in clients.items()
    }
    assert offered == {"外局孙": ["核验台账"], "系统管理员甲": ["备份"], "信息员小陈": []}
    for kind in ("ledger.verify", "keeping.backup", "inbox.mail"):
        assert clients[cast.chen].post("/desk/jobs/start/", {"kind": kind}).status_code == 403
    assert clients[cast.chen].post("/desk/jobs/start/", {"kind": "x"}).status_code == 404
    assert clients[cast.sun].post("/desk/jobs/start/", {"kind": "ledger.verify"}).status_code == 302
    again = clients[cast.sun].post("/desk/jobs/start/", {"kind": "ledger.verify"})
    assert again.status_code == 409
    assert "同时只能办一件" in again.content.decode()


def test_the_list_costs_the_same_for_many_jobs(
    cast: Cast, planted: Planted, django_assert_max_num_queries: object
) -> None:
    """五十件工作一页，查询数不随件数增加；第五十一件在下一页。"""
    planted.kind("t.sum")
    for _ in range(51):
        actions.start("t.sum", agency=cast.grain, by=cast.chen)
    client = signed_in(cast.chen)
    client.get("/desk/jobs/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's own type is private
        page = client.get("/desk/jobs/").content.decode()
    assert page.count('class="door"') == 51  # fifty jobs and the way to the next page
    assert "第 1 页，共 2 页" in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "\x00"])
def test_a_strange_page_number_is_no_error(cast: Cast, page: str) -> None:
    """页码乱写也打得开。"""
    assert signed_in(cast.chen).get("/desk/jobs/", {"page": page}).status_code == 200


def test_the_queue_runs_what_the_desk_started(cast: Cast) -> None:
    """从工作台发起核验，办完后结果写在页面上。"""
    client = administrator_at(administrator(cast, Role.AUDIT_ADMINISTRATOR))
    where = client.post("/desk/jobs/start/", {"kind": "ledger.verify"})["Location"]
    run_next()
    page = client.get(where).content.decode()
    assert "<li>台账与来源一致。</li>" in page
    assert "条审计链全部完整。</li>" in page
