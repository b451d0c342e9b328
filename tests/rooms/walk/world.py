"""Two bureaus with the same things in each, and somebody in every role: whose eyes the walk uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import ADMINISTRATORS, Agency, Membership, Role
from gongkai.audit import clock
from gongkai.channels.actions import Photo, Shown, record_showing
from gongkai.channels.models import Channel as Medium
from gongkai.channels.models import Showing
from gongkai.columns.actions.entering import enter_catalogue
from gongkai.columns.actions.opening import open_column
from gongkai.columns.catalogue.entry import Entry
from gongkai.columns.models import CatalogueItem, Column
from gongkai.documents.actions import Draft, add_picture, attach_file, enter_documents, open_draft
from gongkai.documents.models import Attachment, Disclosure, Edition, Kind, Withholding
from gongkai.foi.actions import Arrival, decide, register_case
from gongkai.foi.disputes.actions.entering import Entry as Filed
from gongkai.foi.disputes.actions.entering import enter_dispute
from gongkai.foi.handling.actions.assigning import assign
from gongkai.foi.handling.actions.consulting import Party, ask_opinion
from gongkai.foi.handling.actions.reasons import ask_reason
from gongkai.foi.handling.models import Assignment, Consultation, ReturnedFile
from gongkai.foi.handling.sealed import seal_returned
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.issuing.sealed import Written, seal_file, seal_letter
from gongkai.foi.models import Case, Dispute
from gongkai.foi.personal.actions import look_at_identity
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.proactive.actions import tag_case
from gongkai.foi.proactive.models import Topic
from gongkai.foi.receiving.actions import submit
from gongkai.foi.receiving.codes import Begun
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.files import inspect
from gongkai.foi.receiving.models import Submission as Received
from gongkai.foi.resembling.models import Likeness
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, ServicePaper, What
from gongkai.inbox.actions import notify
from gongkai.inbox.models import Notification
from gongkai.jobs.models import Job
from gongkai.law.intervals import Kind as OpinionOf
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.law.service import Means
from gongkai.people.actions import register_person
from gongkai.people.models import Person, Session
from gongkai.publication.actions import publish_imported
from gongkai.registers.actions import stage_import
from gongkai.registers.models import Entry as Decision
from gongkai.registers.models import Import, Register
from gongkai.reporting.actions import open_report
from gongkai.reporting.models import Report
from gongkai.returns.actions import file_return
from gongkai.returns.models import Item, Return
from gongkai.review.actions import submit_for_review, waive_as_imported
from gongkai.review.models import Submission
from gongkai.screening.actions import screen
from gongkai.screening.models import Screening
from gongkai.sharing.actions import push_item, send_offer
from gongkai.sharing.models import Delivery, Offer
from tests.pure.files.made import pdf, picture
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.columns.making import SETUP
from tests.rooms.portal.scene import account
from tests.rooms.registers.tables import LICENCE, confirm, rows_as_csv

YEAR = 2024
RECEIVED = date(2024, 3, 4)
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
    case, who = _case(agency, people[Role.CASE_OFFICER], word)
    received = _received(agency, word)
    asked, given = _worked_on(case, people, word)
    slip, dispute, topic = _gone_on(case, people[Role.CASE_OFFICER], word)
    letter, enclosure = _issued(case, people[Role.CASE_OFFICER], word)
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
    draft, file, shown, withholding = _drafts(agency, writer, word)
    text = Draft(Kind.NOTICE, f"{word}送审稿甲", f"{word}送审稿正文甲")
    (edition,) = enter_documents([text], agency=agency, year=YEAR, by=writer)
    submission = submit_for_review(edition, by=writer)
    licence, table = _registered(agency, writer, word)
    showing = _shown(agency, writer, cast.li, word)
    offer = send_offer(draft, note=f"{word}附言甲", by=writer)
    push = push_item(showing.edition.document, [agency], note=f"{word}要求甲", by=cast.li)
    screening = screen(agency, b"13800138000", f"{word}待查文件甲.txt", by=writer)
    column, item = _columns(cast, agency, word)
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
        *_alike_and_returned(case, word),
        (letter.number, str(letter.uid), enclosure.title, str(enclosure.uid), str(slip.uid), f"{word}签收人甲", f"{word}凭证甲", str(topic.uid), topic.title, str(dispute.uid), dispute.number, f"{word}请求事项甲", str(asked.uid), str(given.uid), given.task, f"{word}第三方甲", str(screening.uid), screening.name, received.number, f"{word}要的信息甲", f"{word}来件人甲", str(offer.uid), str(push.deliveries.get().uid), showing.place, str(showing.uid), licence.number, licence.subject, str(table.uid), edition.title, case.url_key, contact, source, who.name, who.contact, str(filed.uid), filler.name, people[Role.CASE_OFFICER].name, title, job.title, draft.title, draft.document.url_key, draft.document.index_no, file.name, shown.label, withholding.document.index_no, str(withholding.uid), f"{word}栏目甲", item.content),
    )  # fmt: skip


def _drafts(
    agency: Agency, writer: Person, word: str
) -> tuple[Edition, Attachment, Attachment, Withholding]:
    """A draft with a file and a picture that its writer holds, and something withheld."""
    edition = open_draft(agency, Draft(Kind.PUBLICITY, f"{word}公示甲", f"{word}正文甲"), by=writer)
    file = attach_file(edition, BytesIO(pdf("x")), name=f"{word}附件甲.pdf", by=writer)
    shown = add_picture(
        edition, BytesIO(picture()), name="图.png", alt=f"{word}图片说明甲", by=writer
    )
    kept = Draft(
        Kind.NOTICE, f"{word}内部通知甲", "", Disclosure.WITHHELD, disclosure_reason="内部"
    )
    withheld = open_draft(agency, kept, ground="ND5", by=writer)
    return edition, file, shown, withheld.document.withholdings.get()


def _columns(cast: Cast, agency: Agency, word: str) -> tuple[Column, CatalogueItem]:
    column = open_column(
        f"column-{agency.pk}",
        name=f"{word}栏目甲",
        owner=agency,
        setup=SETUP,
        opened=SINCE,
        by=cast.li,
    )
    entry = Entry("finance", "预算", "", agency.code, f"{word}目录要素甲", "依据", "及时公开", ("website",), True, False, "", True, False, True, False, False)  # fmt: skip
    enter_catalogue([entry], by=cast.li)
    return column, CatalogueItem.objects.get(agency=agency)


def _registered(agency: Agency, officer: Person, word: str) -> tuple[Decision, Import]:
    """A licence in the register, and a file that waits to be confirmed."""
    row = {
        **LICENCE,
        "行政许可决定文书号": f"{word}许字〔2024〕1号",
        "行政相对人名称": f"{word}相对人甲",
    }
    confirm(agency, Register.LICENCE, officer, row)
    waiting = {**row, "行政许可决定文书号": f"{word}许字〔2024〕2号"}
    data = rows_as_csv(waiting)
    table = stage_import(agency, Register.LICENCE, name="许可.csv", data=data, by=officer)
    return Decision.objects.get(agency=agency), table


def _shown(agency: Agency, writer: Person, office: Person, word: str) -> Showing:
    """Something of an old site that hung on a board, and was not the same in an article."""
    text = Draft(Kind.NOTICE, "旧网站的通知", "旧网站的正文")
    editions = enter_documents([text], agency=agency, year=YEAR, closed_at=clock.now(), by=writer)
    waivers = waive_as_imported(editions, agency=agency, reason="旧网站迁入", by=office)
    publish_imported(waivers, at=[clock.now()], agency=agency, by=office)
    shown = Shown(
        Medium.WECHAT,
        f"{word}公众号甲",
        clock.today(),
        address="https://x.example/",
        text="别的正文",
    )
    photo = Photo("现场.png", picture())
    return record_showing([editions[0].document], shown, photo=photo, by=writer)[0]


def _issued(case: Case, officer: Person, word: str) -> tuple[IssuedLetter, Enclosure]:
    """A letter that went out and a file that is still to go, as they lie on file."""
    letter = IssuedLetter(
        case=case,
        code="D03",
        subject_uid=case.uid,
        number=f"{word}公告〔2024〕1号",
        version=0,
        signed_on=case.received_on,
        to_applicant=True,
    )
    seal_letter(letter, Written(f"{word}文书甲".encode(), b"docx"))
    letter.save()
    enclosure = Enclosure(
        case=case, title=f"{word}给申请人的文件甲", kind="txt", added_on=case.received_on, added_by=officer
    )  # fmt: skip
    seal_file(enclosure, f"{word}文件名甲.txt", b"x")
    enclosure.save()
    return letter, enclosure


def _alike_and_returned(case: Case, word: str) -> tuple[Likeness, ReturnedFile]:
    """What the request may repeat, and a file that came back from a matter given away."""
    others = Case.objects.filter(agency=case.agency).exclude(pk=case.pk)
    likeness = Likeness.objects.create(
        case=case, earlier=others.earliest("pk"), percent=80, found_on=RECEIVED
    )
    given = case.assignments.earliest("pk")
    row = ReturnedFile(
        assignment=given,
        title=f"{word}交回的文件甲",
        kind="txt",
        added_on=RECEIVED,
        added_by=given.assigned_by,
    )
    seal_returned(row, f"{word}交回文件名甲.txt", b"x")
    row.save()
    return likeness, row


def _received(agency: Agency, word: str) -> Received:
    """What somebody sent over the internet, with a file, and nobody has confirmed yet."""
    who = Identity(f"{word}来件人甲", f"00000019800202{agency.pk:04d}", f"{word}来件地址甲")
    files = inspect([("证件.pdf", pdf("x"))], most_files=1, most_bytes=1_000_000)
    asked = Asked(f"{word}要的信息甲")
    sent = submit(agency, asked=asked, applicant=who, klass="nat", files=files, begun=Begun.now())
    return sent.submission


def _case(agency: Agency, officer: Person, word: str) -> tuple[Case, Identity]:
    """A request somebody has looked at the applicant of."""
    who = Identity(f"{word}申请人甲", f"00000019800101{agency.pk:04d}", f"{word}地址甲")
    proof = ReceiptFacts(submitted_on=RECEIVED)
    arrival = Arrival(Channel.IN_PERSON, proof, clock.start_of(RECEIVED))
    case = register_case(agency, applicant=who, klass="nat", arrival=arrival, by=officer)
    look_at_identity(case, reason=next(iter(Reason)), by=officer)
    return case, who


def _topic(agency: Agency, by: Person, word: str) -> Topic:
    """Somebody got what others may want as well."""
    who = Identity(f"{word}得到人甲", f"00000019800303{agency.pk:04d}", f"{word}得到人地址甲")
    arrival = Arrival(
        Channel.IN_PERSON, ReceiptFacts(submitted_on=RECEIVED), clock.start_of(RECEIVED)
    )
    case = register_case(agency, applicant=who, klass="nat", arrival=arrival, by=by)
    decide(case, result="granted", on=RECEIVED, facts={"material": "一份"}, by=by)
    return tag_case(case, title=f"{word}主题甲", by=by).topic


def _disputed(case: Case, by: Person, word: str) -> Dispute:
    """Somebody complains that there is no answer."""
    filed = Filed(
        kind=Dispute.Kind.REVIEW,
        number=f"{word}复〔2024〕1号",
        organ="示例县人民政府",
        procedure=Dispute.Procedure.SIMPLE,
        filed_on=RECEIVED,
        copied_on=RECEIVED,
        asked=f"{word}请求事项甲",
    )
    return enter_dispute(case, filed, by=by)


def _worked_on(
    case: Case, people: Mapping[Role, Person], word: str
) -> tuple[Consultation, Assignment]:
    """A third party was asked, and somebody of the agency is to look into it."""
    by, on = people[Role.CASE_OFFICER], RECEIVED
    party = Party(f"{word}第三方甲", f"{word}第三方电话甲")
    asked = ask_opinion(case, whom=OpinionOf.THIRD_PARTY, party=party, on=on, by=by)
    to = people[Role.INFORMATION_OFFICER]
    return asked, assign(case, to=to, task=f"{word}交办事项甲", due_on=on, on=on, by=by)


def _gone_on(case: Case, officer: Person, word: str) -> tuple[ServicePaper, Dispute, Topic]:
    """A slip of service, a reconsideration, a topic."""
    slip = _served_on(case, officer, word)
    return slip, _disputed(case, officer, word), _topic(case.agency, officer, word)


def _served_on(case: Case, by: Person, word: str) -> ServicePaper:
    """The applicant was asked for reasons, and signed for the letter."""
    ask_reason(case, found=f"{word}频次甲", on=RECEIVED, by=by)
    sent = send(case, Sending(What.REASON, Means.HANDED), on=RECEIVED, by=by)
    slip = Slip(f"{word}凭证甲", f"{word}签收人甲")
    record_result(sent, result=Result.DELIVERED, slip=slip, on=RECEIVED, by=by)
    return sent.papers.get()
