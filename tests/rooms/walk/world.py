"""Two bureaus with the same things in each, and somebody in every role: whose eyes the walk uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import ADMINISTRATORS, Agency, Membership, Role
from gongkai.audit import clock
from gongkai.channels.models import Showing
from gongkai.columns.models import CatalogueItem, Column
from gongkai.documents.actions import Draft, attach_file, enter_documents
from gongkai.documents.models import Attachment, Edition, Kind, Withholding
from gongkai.foi.handling.models import Assignment, Consultation, ReturnedFile
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.models import Case, Dispute
from gongkai.foi.proactive.models import Topic
from gongkai.foi.receiving.models import Submission as Received
from gongkai.foi.resembling.models import Likeness
from gongkai.foi.serving.models import ServicePaper
from gongkai.inbox.actions import notify
from gongkai.inbox.models import Notification
from gongkai.jobs.models import Job
from gongkai.people.actions import register_person
from gongkai.people.models import Person, Session
from gongkai.registers.models import Entry as Decision
from gongkai.registers.models import Import
from gongkai.reporting.actions import open_report
from gongkai.reporting.models import Report
from gongkai.returns.actions import file_return
from gongkai.returns.models import Item, Return
from gongkai.review.actions import submit_for_review
from gongkai.review.models import Submission
from gongkai.screening.actions import screen
from gongkai.screening.models import Screening
from gongkai.sharing.actions import push_item, send_offer
from gongkai.sharing.models import Delivery, Offer
from tests.pure.files.made import pdf
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.portal.scene import account
from tests.rooms.walk.things.casework import (
    a_case,
    alike_and_returned,
    gone_on,
    issued,
    sent_in,
    worked_on,
)
from tests.rooms.walk.things.publishing import YEAR, columns, drafts, registered, shown_elsewhere

WORKING = tuple(role for role in Role if role not in ADMINISTRATORS)


@dataclass(frozen=True)
class Things:
    """What one agency has, with words that occur nowhere else: *marks* may not reach a stranger."""

    agency: Agency
    case: Case
    received: Received
    report: Report
    filed: Return
    seat: Membership
    job: Job
    note: Notification
    session: Session
    draft: Edition
    submission: Submission
    file: Attachment
    picture: Attachment
    withholding: Withholding
    licence: Decision
    table: Import
    showing: Showing
    offer: Offer
    delivery: Delivery
    screening: Screening
    column: Column
    item: CatalogueItem
    consultation: Consultation
    given: Assignment
    slip: ServicePaper
    dispute: Dispute
    topic: Topic
    letter: IssuedLetter
    enclosure: Enclosure
    likeness: Likeness
    returned: ReturnedFile
    marks: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """*ours* and *theirs* have the same; *insiders* work for ours, one in each role."""

    cast: Cast
    ours: Things
    theirs: Things
    insiders: Mapping[Role, Client]
    administrators: Mapping[Role, Client]
    answers_about_nothing: dict[tuple[str, str], int] = field(default_factory=dict)


def make_world(cast: Cast | None = None) -> World:
    """Return the two bureaus of *cast*, or of a county of its own, with their things and people."""
    cast = cast or make_cast()
    ours = {role: _member(role, cast.grain, cast.li, "本局") for role in WORKING}
    theirs = {role: _member(role, cast.lakes, cast.li, "外局") for role in WORKING}
    insiders = {role: signed_in(person) for role, person in ours.items()}
    signed_in(theirs[Role.RETURN_FILLER])
    return World(
        cast,
        ours=_things(cast, cast.grain, ours, "本局"),
        theirs=_things(cast, cast.lakes, theirs, "外局"),
        insiders=insiders,
        administrators={
            role: signed_in(_member(role, cast.office, cast.li, "县办")) for role in ADMINISTRATORS
        },
    )


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"w{person.pk}"))
    return client


def _member(role: Role, agency: Agency, by: Person, word: str) -> Person:
    name = f"{word}{role.label}甲"
    person = register_person(name=name, staff_no=f"{agency.code}{role.value}"[:40], by=by)
    appoint(person, agency, role=role, since=SINCE, by=by)
    return person


def _things(cast: Cast, agency: Agency, people: Mapping[Role, Person], word: str) -> Things:
    officer, filler = people[Role.OPENNESS_OFFICER], people[Role.RETURN_FILLER]
    case, who = a_case(agency, people[Role.CASE_OFFICER], word)
    received = sent_in(agency, word)
    asked, given = worked_on(case, people, word)
    slip, dispute, topic = gone_on(case, people[Role.CASE_OFFICER], word)
    letter, enclosure = issued(case, people[Role.CASE_OFFICER], word)
    contact, source, title = f"{word}联系方式甲", f"{word}数据来源甲", f"{word}报送提醒甲"
    report = open_report(agency, year=YEAR, contact=contact, sections={}, by=officer)
    filed = file_return(agency, period=YEAR, item=Item.LICENCE, value=3, source=source, by=filler)
    (note,) = notify(
        [filler], kind="return.sent_back", title=title, address="/desk/", agency=agency, by=cast.li
    )
    job = Job.objects.create(
        kind="ledger.verify", title=f"{word}后台工作甲", agency=agency, asked_by=filler, created_at=clock.now()
    )  # fmt: skip
    writer = people[Role.INFORMATION_OFFICER]
    draft, file, shown, withholding = drafts(agency, writer, word)
    edition, submission = _under_review(agency, writer, word)
    licence, table = registered(agency, writer, word)
    showing = shown_elsewhere(agency, writer, cast.li, word)
    offer = send_offer(draft, note=f"{word}附言甲", by=writer)
    push = push_item(showing.edition.document, [agency], note=f"{word}要求甲", by=cast.li)
    screening = screen(agency, b"13800138000", f"{word}待查文件甲.txt", by=writer)
    column, item = columns(cast, agency, word)
    return Things(
        agency,
        case,
        received,
        report,
        filed,
        Membership.objects.get(person=filler),
        job,
        note,
        Session.objects.get(account__person=filler),
        draft,
        submission,
        file,
        shown,
        withholding,
        licence,
        table,
        showing,
        offer,
        push.deliveries.get(),
        screening,
        column,
        item,
        asked,
        given,
        slip,
        dispute,
        topic,
        letter,
        enclosure,
        *alike_and_returned(case, word),
        (letter.number, str(letter.uid), enclosure.title, str(enclosure.uid), str(slip.uid), f"{word}签收人甲", f"{word}凭证甲", str(topic.uid), topic.title, str(dispute.uid), dispute.number, f"{word}请求事项甲", str(asked.uid), str(given.uid), given.task, f"{word}第三方甲", str(screening.uid), screening.name, received.number, f"{word}要的信息甲", f"{word}来件人甲", str(offer.uid), str(push.deliveries.get().uid), showing.place, str(showing.uid), licence.number, licence.subject, str(table.uid), edition.title, case.url_key, contact, source, who.name, who.contact, str(filed.uid), filler.name, people[Role.CASE_OFFICER].name, title, job.title, draft.title, draft.document.url_key, draft.document.index_no, file.name, shown.label, withholding.document.index_no, str(withholding.uid), f"{word}栏目甲", item.content),
    )  # fmt: skip


def _under_review(agency: Agency, writer: Person, word: str) -> tuple[Edition, Submission]:
    """Hand a text with a file to its reviewers."""
    text = Draft(Kind.NOTICE, f"{word}送审稿甲", f"{word}送审稿正文甲")
    (edition,) = enter_documents([text], agency=agency, year=YEAR, by=writer)
    attach_file(edition, BytesIO(pdf("x")), name=f"{word}送审附件甲.pdf", by=writer)
    return edition, submit_for_review(edition, by=writer)
