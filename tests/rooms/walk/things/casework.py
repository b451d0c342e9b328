"""What the desk of requests has of an agency: a case, worked on, served, disputed, with a letter and a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.agencies.models import Agency, Role
from gongkai.audit import clock
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
from gongkai.law.intervals import Kind as OpinionOf
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.law.service import Means
from gongkai.people.models import Person
from tests.pure.files.made import pdf

RECEIVED = date(2024, 3, 4)


def a_case(agency: Agency, officer: Person, word: str) -> tuple[Case, Identity]:
    """A request somebody has looked at the applicant of."""
    who = Identity(f"{word}申请人甲", f"00000019800101{agency.pk:04d}", f"{word}地址甲")
    proof = ReceiptFacts(submitted_on=RECEIVED)
    arrival = Arrival(Channel.IN_PERSON, proof, clock.start_of(RECEIVED))
    case = register_case(agency, applicant=who, klass="nat", arrival=arrival, by=officer)
    look_at_identity(case, reason=next(iter(Reason)), by=officer)
    return case, who


def sent_in(agency: Agency, word: str) -> Received:
    """What somebody sent over the internet, with a file, and nobody has confirmed yet."""
    who = Identity(f"{word}来件人甲", f"00000019800202{agency.pk:04d}", f"{word}来件地址甲")
    files = inspect([("证件.pdf", pdf("x"))], most_files=1, most_bytes=1_000_000)
    asked = Asked(f"{word}要的信息甲")
    sent = submit(agency, asked=asked, applicant=who, klass="nat", files=files, begun=Begun.now())
    return sent.submission


def worked_on(
    case: Case, people: Mapping[Role, Person], word: str
) -> tuple[Consultation, Assignment]:
    """A third party was asked, and somebody of the agency is to look into it."""
    by, on = people[Role.CASE_OFFICER], RECEIVED
    party = Party(f"{word}第三方甲", f"{word}第三方电话甲")
    asked = ask_opinion(case, whom=OpinionOf.THIRD_PARTY, party=party, on=on, by=by)
    to = people[Role.INFORMATION_OFFICER]
    return asked, assign(case, to=to, task=f"{word}交办事项甲", due_on=on, on=on, by=by)


def gone_on(case: Case, officer: Person, word: str) -> tuple[ServicePaper, Dispute, Topic]:
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


def _topic(agency: Agency, by: Person, word: str) -> Topic:
    """Somebody got what others may want as well."""
    who = Identity(f"{word}得到人甲", f"00000019800303{agency.pk:04d}", f"{word}得到人地址甲")
    arrival = Arrival(
        Channel.IN_PERSON, ReceiptFacts(submitted_on=RECEIVED), clock.start_of(RECEIVED)
    )
    case = register_case(agency, applicant=who, klass="nat", arrival=arrival, by=by)
    decide(case, result="granted", on=RECEIVED, facts={"material": "一份"}, by=by)
    return tag_case(case, title=f"{word}主题甲", by=by).topic


def issued(case: Case, officer: Person, word: str) -> tuple[IssuedLetter, Enclosure]:
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


def alike_and_returned(case: Case, word: str) -> tuple[Likeness, ReturnedFile]:
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
