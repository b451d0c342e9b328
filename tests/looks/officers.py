"""The people of the journeys of requests, each at a desk of their own, and what they do there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import Sent, receive_at_counter
from gongkai.foi.receiving.actions.counter import Brought
from gongkai.foi.receiving.codes import Begun
from gongkai.foi.receiving.content import Asked
from gongkai.law.receipt import Channel
from gongkai.people.actions import register_person
from gongkai.people.models import Person, User
from tests.journeys.browsing import PHONE, OpenPage
from tests.journeys.soundness import STILL
from tests.looks.ahead import Ahead
from tests.pure.letters.reading import pdf_says
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.foi.conftest import equip
from tests.rooms.foi.receiving.filling import IDENTITY
from tests.rooms.portal.scene import account

NAME = IDENTITY.name
SUBJECT, FEATURES = "虚构渠清淤补偿标准", "二〇二五年，虚构乡段"
WHY = "该材料是虚构渠清淤方案的第二次讨论稿，形成于作出决定之前，内容与最后印发的方案并不一致"
Typed = Mapping[str, str | bool | FilePayload]
"""What is typed, chosen, ticked or uploaded, by the label one reads."""


@dataclass
class Office:
    """*wang* of the cast works on a request, these two look over the draft, *zhao* signs."""

    cast: Cast
    ahead: Ahead
    open_page: OpenPage
    site: str
    secrecy: Person
    legality: Person
    _desks: dict[int, Page] = field(default_factory=dict)
    _since: dict[int, date] = field(default_factory=dict)
    _accounts: dict[int, User] = field(default_factory=dict)

    def desk(self, person: Person) -> Page:
        """Return the browser of *person*, who has signed in today."""
        page = self._desks.setdefault(
            person.pk, self._desks.get(person.pk) or self.open_page(**STILL)
        )
        if self._since.get(person.pk) != clock.today():
            self._since[person.pk] = clock.today()
            session = {"name": settings.SESSION_COOKIE_NAME, "value": self._session(person)}
            page.context.add_cookies([{**session, "url": self.site}])  # type: ignore[typeddict-item]
        return page

    def applicant(self, sent: Sent) -> Page:
        """Return the status page on a telephone without scripts, opened with number and query code."""
        page = self.open_page(size=PHONE, java_script_enabled=False, **STILL)
        page.goto("/apply/status/")
        fill(page, {"收件编号": sent.submission.number, "查询码": sent.code})
        page.get_by_role("button", name="查询", exact=True).click()
        expect(page.get_by_role("heading", name="办理经过")).to_be_visible()
        return page

    def open(self, case: Case, by: Person) -> Page:
        page = self.desk(by)
        page.goto(f"/desk/case/{case.url_key}/")
        return page

    def begin(self, case: Case, step: str, by: Person) -> Page:
        """Open the page of *step* from the case."""
        page = self.open(case, by)
        page.get_by_role("link", name=step, exact=True).click()
        expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
        return page

    def take(
        self, case: Case, step: str, typed: Typed | None = None, *, by: Person | None = None
    ) -> Page:
        """Take *step*, the case officer if nobody else; return the case's page with what it says."""
        page = self.begin(case, step, by or self.cast.wang)
        fill(page, typed or {})
        return press(page)

    def write(self, case: Case, title: str, typed: Typed | None = None) -> str:
        """Write the letter *title* that the case's page says is due; return what it says."""
        page = self.open(case, self.cast.wang)
        page.get_by_role("link", name=re.compile(f"^印发{title}")).click()
        fill(page, typed or {})
        press(page)
        return self.letter(case, title)

    def draft(self, case: Case, outcome: str, typed: Typed, *, held_back: str = "") -> Page:
        """Write the answer up to the button that sends it; the letter has been looked at and has no fault."""
        page = self.begin(case, "拟稿送签", self.cast.wang)
        fill(page, {"处理结果": outcome})
        if held_back:
            page.get_by_label(held_back).check()
        page.get_by_role("button", name="下一步：写明内容").click()
        fill(page, typed)
        page.get_by_role("button", name="先看文书").click()
        return page

    def begin_to_sign(self, case: Case) -> Page:
        """Let two others go over the draft that was sent; return the page of the head, who signs."""
        for step, person in (("保密审查", self.secrecy), ("合法性审核", self.legality)):
            self.take(case, step, by=person)
        return self.begin(case, "签发", self.cast.zhao)

    def decide(self, case: Case, outcome: str, typed: Typed, *, held_back: str = "") -> str:
        """Draft and sign *outcome*; return what the letter says, as an officer takes it."""
        page = self.draft(case, outcome, typed, held_back=held_back)
        expect(page.get_by_text("逐项读过，没有发现问题")).to_be_visible()
        press(page, "送签")
        expect(press(self.begin_to_sign(case)).locator(".told")).to_contain_text("已签发")
        return self.letter(case)

    def letter(self, case: Case, title: str = "") -> str:
        """Return the words of the last letter of *case*, or of *title*; the reason is written, the look recorded."""
        page = self.open(case, self.cast.wang)
        listed = page.get_by_role("heading", name="文书", exact=True).locator("+ ul a")
        listed.filter(has_text=title).last.click()
        fill(page, {"查看事由": "制作答复书"})
        return taken(page, "记录并取 PDF")

    def hand_over(self, case: Case, what: str) -> Page:
        """Hand letter *what* over the counter, with its slip."""
        self.take(case, "送达", {"送达什么": what, "送达方式": "直接送达：以签收之日为送达日期"})
        slip = {"凭证": "送达回证，编号 7", "签收人、见证人": "试验申请人（本人）"}
        return self.take(case, "登记送达结果", {"结果": "已送达", **slip})

    def _session(self, person: Person) -> str:
        if person.pk not in self._accounts:
            self._accounts[person.pk] = account(person, f"at{person.pk}")
        client = Client()
        client.force_login(self._accounts[person.pk])
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def make_office(ahead: Ahead, open_page: OpenPage, site: str) -> Office:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cast = make_cast()
    equip(cast)
    return Office(
        cast,
        ahead,
        open_page,
        site,
        _reviewer(cast, Role.SECRECY_REVIEWER),
        _reviewer(cast, Role.LEGALITY_REVIEWER),
    )


def _reviewer(cast: Cast, role: Role) -> Person:
    person = register_person(name=f"某{role.label}", staff_no=f"J-{role.value}"[:20], by=cast.li)
    appoint(person, cast.office, role=role, since=SINCE, by=cast.li)
    return person


def brought(office: Office, subject: str = SUBJECT) -> tuple[Sent, Case]:
    """Register what somebody handed in today; return number and code with it, and the case."""
    asked = Asked(subject, features=FEATURES, form="paper", way="pick_up")
    sent = receive_at_counter(
        office.cast.county,
        asked=asked,
        applicant=IDENTITY,
        klass="nat",
        brought=Brought(Channel.IN_PERSON),
        begun=Begun.now(),
        by=office.cast.wang,
    )
    return sent, Case.objects.get(submission=sent.submission)


def fill(page: Page, typed: Typed) -> None:
    """Fill what one sees: each field is found by its label, a choice by the words of the option."""
    for label, value in typed.items():
        named = re.compile(rf"^{re.escape(label)}\s*(必填)?$")
        group = page.get_by_role("group", name=named)
        if group.count():
            group.get_by_label(str(value)).check()
            continue
        control = page.get_by_label(named)
        kind = control.evaluate("one => one.type")
        if kind == "select-one":
            control.select_option(label=str(value))
        elif kind == "checkbox":
            control.set_checked(bool(value))
        elif kind == "file":
            control.set_input_files(value)  # type: ignore[arg-type]
        else:
            control.fill(str(value))


def press(page: Page, button: str = "") -> Page:
    """Send the form of the page and read that it was done."""
    form = page.locator("#main form.form")
    named = (
        form.get_by_role("button", name=button, exact=True) if button else form.locator("button")
    )
    named.first.click()
    expect(page.locator(".told .message-good")).to_be_visible()
    return page


def taken(page: Page, button: str) -> str:
    """Return the words of the PDF behind *button*."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return pdf_says(download.value.path().read_bytes())
