"""What of a case is in whose to-do, and until when."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.foi.due import open_cases
from gongkai.foi.handling.actions import extending, signing
from gongkai.foi.models import Case
from gongkai.foi.todo import todo as all_that_waits
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SINCE, Cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_pages import case, reviewer, static_root, waiting

__all__ = ["case", "static_root"]


def everything(person: Person) -> list[tuple[str, date | None]]:
    """Return what waits for *person* with its last day, as the desk asks for it."""
    today = clock.today()
    found = told(all_that_waits(standing_on(person, today), rules_on(today)))
    return sorted((one.act, one.due) for one in found)


def test_what_waits_in_a_case_is_due_when_the_case_is(cast: Cast, case: Case) -> None:
    """条例第三十三条：待签的拟稿、待批的延期，在待办里写案件自己的最后一日，不是“没有期限”。"""
    other = request_of(cast.county, cast.wang, on=clock.today())
    extending.propose_extension(other, days=20, reason="涉及多方", on=clock.today(), by=cast.wang)
    facts = {"material": "复印件"}
    on = clock.today()
    draft = signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
    secret, legal = (
        reviewer(cast, role) for role in (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER)
    )
    days = {
        one.pk: open_cases(Case.objects.filter(pk=one.pk), rules_on(on)) for one in (case, other)
    }
    due, later = days[case.pk][0].due, days[other.pk][0].due
    assert due is not None
    assert (everything(secret), everything(legal)) == ([("保密审查", due)], [("合法性审核", due)])
    assert everything(cast.zhao) == [("批准或者不批准", later)]
    signing.sign_secrecy(case, sha256=draft.sha256, on=on, by=secret)
    signing.sign_legality(case, sha256=draft.sha256, on=on, by=legal)
    assert (everything(secret), everything(legal)) == ([], [])
    assert everything(cast.zhao) == [("批准或者不批准", later), ("签发", due)]


def test_a_draft_that_was_sent_back_waits_for_who_drafted_it(cast: Cast, case: Case) -> None:
    """条例第四十五条：退回的拟稿在拟稿人的待办里，拟稿页写着退回的理由；别的承办没有，再送签以后没有。"""
    appoint(cast.chen, cast.office, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    secret, on = reviewer(cast, Role.SECRECY_REVIEWER), clock.today()
    facts = {"material": "复印件"}
    signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
    assert waiting(cast.wang) == []
    signing.send_back_draft(case, reason="漏了第二项", on=on, by=secret)
    page = f"/desk/case/{case.url_key}/step/draft/"
    assert waiting(cast.wang) == [("看退回的理由，改好再送签", page)]
    assert (waiting(cast.chen), waiting(secret)) == ([], [])
    officer = desk(cast.wang)
    for address in (page, f"{page}?outcome=granted"):
        assert "退回的理由：漏了第二项" in officer.get(address).content.decode()
    signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
    assert waiting(cast.wang) == []
