"""代理人没有授权委托书：申请照收、日期照算，但不向代理人答复、送达，凭查询码取不到文书；补来了就照常。"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi.handling.actions import signing
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.issuing.handing import letters_for
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.queries import preview_of
from gongkai.foi.models import Case
from gongkai.foi.receiving.actions import Sent, confirm_by_office
from gongkai.foi.receiving.models import FileRole, StepKind, Submission
from gongkai.foi.receiving.rules import AUTHORITY_WANTED, How
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import ServiceAttempt, What
from gongkai.law.service import Means
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import equip
from tests.rooms.foi.receiving.filling import IDENTITY, submitted
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_pages import post, reviewer
from tests.rooms.foi.test_steps import GIVEN, refused
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.rulebook.entering import put_value

AGENT = "代理人甲"
THROUGH = replace(IDENTITY, agent=AGENT, agent_document_no="000000197001010017")
HIMSELF = {"reader": "himself"}


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def sent(cast: Cast) -> Sent:
    """A request through an agent without a document of authority, received and registered."""
    equip(cast)
    arrived = submitted(cast.office, applicant=THROUGH)
    confirm_by_office(arrived.submission, how=How.CALL, by=cast.wang)
    return arrived


def case_of(sent: Sent) -> Case:
    return Case.objects.get(submission=sent.submission)


def file_authority(cast: Cast, sent: Sent) -> None:
    """The officer adds the authority on the page of the submission."""
    page = f"/desk/intake/{sent.submission.number}/files/"
    scan = SimpleUploadedFile("委托书.pdf", pdf("x"))
    assert desk(cast.li).post(page, {"role": "authority", "file": scan}).status_code == 302


def defects(case: Case, **typed: str) -> list[str]:
    preview = preview_of(facts_of(case, clock.today()), Draft("granted", {**GIVEN, **typed}))
    assert preview is not None
    return [one.code for one in preview.defects]


def test_a_request_through_an_agent_is_received_and_its_date_counts(sent: Sent) -> None:
    """条例第三十一条：没有授权委托书也收下，收到之日照算；谁代理加密，卷里只写有代理人。"""
    case, row = case_of(sent), Submission.objects.get(pk=sent.submission.pk)
    assert (case.received_on, row.through_agent) == (clock.today(), True)
    assert facts_of(case, clock.today()).agent_unproved is True
    stored = str(list(Submission.objects.values_list())) + str(list(Case.objects.values_list()))
    assert AGENT not in stored + "".join(Event.objects.values_list("payload_text", flat=True))


def test_the_last_reading_holds_the_letter_until_the_authority_or_the_applicant_himself(
    cast: Cast, sent: Sent
) -> None:
    """民法典第一百六十五条：签发前写明由谁提出、缺什么、怎么办；选送本人，或者补来授权委托书，就能签。"""
    case = case_of(sent)
    preview = preview_of(facts_of(case, clock.today()), Draft("granted", GIVEN))
    assert preview is not None
    (held,) = [one for one in preview.defects if one.code == "agent"]
    assert (held.blocking, held.sentence, held.remedy) == (
        True,
        "申请由代理人提出，卷里没有授权委托书，不能向代理人答复。",
        f"请在收件 {sent.submission.number} 的页面补入授权委托书；"
        "或者在拟稿里把收件人选为申请人本人，直接送给他。",
    )
    assert "agent" not in defects(case, **HIMSELF)
    file_authority(cast, sent)
    assert "agent" not in defects(Case.objects.get(pk=case.pk))


def test_a_head_cannot_sign_a_letter_to_an_agent_without_authority(cast: Cast, sent: Sent) -> None:
    """民法典第一百六十五条：绕过预检送签的，签发时仍然拒绝，不占号；选送本人的签得成，拟稿写明。"""
    case, on = case_of(sent), clock.today()
    secrecy, legality = (
        reviewer(cast, Role.SECRECY_REVIEWER),
        reviewer(cast, Role.LEGALITY_REVIEWER),
    )

    def signed(**typed: str) -> None:
        facts = {**GIVEN, **typed}
        draft = signing.draft_reply(case, result="granted", facts=facts, on=on, by=cast.wang)
        signing.sign_secrecy(case, sha256=draft.sha256, on=on, by=secrecy)
        signing.sign_legality(case, sha256=draft.sha256, on=on, by=legality)
        signing.sign_reply(case, sha256=draft.sha256, on=on, by=cast.zhao)

    assert "不能向代理人答复" in refused(signed)
    assert not IssuedLetter.objects.filter(case=case, code="D11").exists()
    signing.send_back_draft(case, reason="选明收件人", on=on, by=cast.zhao)
    page = f"/desk/case/{case.url_key}/step/draft/?outcome=granted"
    form = desk(cast.wang).get(page).context["form"]
    assert [value for value, _ in form.fields["reader"].choices] == ["", "himself"]
    signed(**HIMSELF)
    assert IssuedLetter.objects.filter(case=case, code="D11").count() == 1


def test_nothing_is_served_to_an_agent_without_authority(cast: Cast, sent: Sent) -> None:
    """民法典第一百六十五条：没有勾选送本人的不能送；网上不能送；送本人的记录在案。"""
    case, on, by = case_of(sent), clock.today(), cast.wang
    items = desk(by).get(f"/desk/case/{case.url_key}/step/ask-correction/")
    assert items.context["form"]["items"].value() == (
        "补交授权委托书：写明代理人、代理事项、权限和期限，由申请人签名或者盖章。"
    )
    typed = {"items": items.context["form"]["items"].value(), "days": 7, "on": on}
    client = items.client
    assert post(client, case, "ask-correction", **typed)[0] == 302
    send_it = {"what": "correction", "means": "handed", "note": "", "tracking": "", "on": on}
    status, text = post(client, case, "send", **send_it)
    assert (status, "文书不能交给代理人" in text) == (409, True)
    electronic = Sending(What.CORRECTION, Means.ELECTRONIC, note="申请表选择", himself=True)
    assert "查询码可能在代理人手里" in refused(lambda: send(case, electronic, on=on, by=by))
    assert ServiceAttempt.objects.count() == 0
    assert post(client, case, "send", **send_it, himself="on")[0] == 302
    (logged,) = Event.objects.filter(kind="case.letter_sent")
    assert json.loads(logged.payload_text)["himself"] is True


def test_the_query_code_shows_no_letters_until_the_authority_is_there(
    cast: Cast, client: Client, sent: Sent, settings: object
) -> None:
    """个人信息保护法第五条：查询码可能在代理人手里：没有授权委托书，取不到写有申请人的文书；补来以后照常，留有日期。"""
    settings.STATUS_PER_HOUR = 10_000  # type: ignore[attr-defined]
    case, code = case_of(sent), {"number": sent.submission.number, "code": sent.code}
    letter = IssuedLetter.objects.get(case=case, code="D02")
    text = client.post("/apply/status/", code).content.decode()
    assert ["还没有收到授权委托书" in text, str(letter.uid) in text] == [True, False]
    assert letters_for(case) == []
    file_authority(cast, sent)
    text = client.post("/apply/status/", code).content.decode()
    assert ["还没有收到授权委托书" in text, str(letter.uid) in text] == [False, True]
    row = sent.submission.files.get(role=FileRole.AUTHORITY)
    step = sent.submission.steps.get(kind=StepKind.FILE_ADDED)
    assert (step.how, step.at.date(), row.added_at.date()) == (
        "authority",
        *[clock.now().date()] * 2,
    )


def test_a_county_that_asks_for_no_authority_holds_nothing_up(cast: Cast, sent: Sent) -> None:
    """规则库 agent.authority_wanted：县里另有规定的，按参数，不写死。"""
    case = case_of(sent)
    put_value(cast, AUTHORITY_WANTED, "false", clock.today())
    assert facts_of(case, clock.today()).agent_unproved is False
