"""The pages of review: what a reviewer reads and signs, what an officer sets."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.documents.actions import Draft, attach_file, enter_documents, open_draft
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Kind
from gongkai.people.models import Person, Session
from gongkai.review.actions import submit_for_review
from gongkai.review.models import Chain, StageKind, State, Submission, Verdict
from gongkai.review.paragraphs import read
from gongkai.review.queries import stages_of
from tests.pure.files.made import pdf
from tests.rooms.cast import Cast
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.review.panel import IN_ORDER, approve_through, draft, make_panel, submitted

HTML = (
    "<h2>一、总则</h2><p>第一条 小于<b>五</b>的</p><script>alert(1)</script>"
    '<table><tr><td>甲</td><td>1</td></tr></table><p><a href="http://x.test/">见此</a></p>'
)


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"v{person.pk}"))
    return client


def sign(client: Client, submission: Submission, stage: StageKind, **typed: object) -> int:
    fields = {"stage": stage.value, "sha256": submission.edition.sha256, **typed}
    return client.post(f"/desk/review/{submission.uid}/verdict/", fields).status_code


def test_the_text_is_shown_in_numbered_paragraphs(cast: Cast) -> None:
    """审核人看到的是签封字节里的可见文字，逐段编号；脚本不显示，链接写出去处。"""
    written = [Draft(Kind.NOTICE, "办法", HTML), Draft(Kind.NOTICE, "公告", "甲 1<2\n\n乙")]
    html, plain = enter_documents(written, agency=cast.grain, year=2024, by=cast.chen)
    assert [(one.number, one.text, one.unseen) for one in read(html).paragraphs] == [
        (1, "一、总则", ()),
        (2, "第一条 小于五的", ()),
        (3, "甲\t1", ()),
        (4, "见此", ("链接到 http://x.test/",)),
    ]
    assert [(one.number, one.text) for one in read(plain).paragraphs] == [(1, "甲 1<2"), (2, "乙")]
    text = signed_in(cast.chen).get(f"/desk/review/edition/{html.uid}/submit/").content.decode()
    assert ("alert(1)" in text, "第一条 小于五的" in text) == (False, True)


def test_a_reviewer_signs_on_the_page(cast: Cast) -> None:
    """页面上通过一级：意见、哈希、设备的哈希记下，设备不是明文。"""
    panel, submission = make_panel(cast), submitted(cast)
    client = signed_in(panel[StageKind.SECRECY])
    assert "保密审查：公告" in client.get("/desk/review/").content.decode()
    assert sign(client, submission, StageKind.SECRECY, verdict="approve") == 302
    row = Verdict.objects.get()
    address = Session.objects.get(account__person=panel[StageKind.SECRECY]).address
    assert (row.stage, row.verdict, len(row.device)) == ("secrecy", "approve", 64)
    assert address not in row.device
    assert sign(client, submission, StageKind.SECRECY, verdict="approve") == 403


def test_a_rejection_needs_a_reason_and_a_paragraph_that_is_there(cast: Cast) -> None:
    """退回不写理由、段号不存在，页面说明，什么都不记；写明了就退回，作者看得到。"""
    panel, submission = make_panel(cast), submitted(cast)
    client = signed_in(panel[StageKind.SECRECY])
    assert sign(client, submission, StageKind.SECRECY, verdict="reject") == 409
    wrong = {"verdict": "reject", "reason": "有误", "paragraph": "9"}
    assert sign(client, submission, StageKind.SECRECY, **wrong) == 409
    assert Verdict.objects.count() == 0
    right = wrong | {"paragraph": "1"}
    assert sign(client, submission, StageKind.SECRECY, **right) == 302
    page = signed_in(cast.chen).get(f"/desk/review/{submission.uid}/").content.decode()
    assert ("理由：有误" in page, 'href="#p1"' in page) == (True, True)


def test_the_final_reviewer_is_asked_again_before_reading(cast: Cast) -> None:
    """终审：身份验证过久，打开页面先去再次验证，签署则说明，不登记。"""
    panel, submission = make_panel(cast), submitted(cast)
    approve_through(submission, panel, *IN_ORDER[:3])
    client = signed_in(panel[StageKind.FINAL])
    fresh = Session.objects.filter(account__person=panel[StageKind.FINAL])
    fresh.update(proved_at=fresh.get().proved_at.replace(year=2020))
    page = f"/desk/review/{submission.uid}/verdict/"
    asked = client.get(page)
    assert (asked.status_code, asked["Location"].startswith("/desk/")) == (302, True)
    assert sign(client, submission, StageKind.FINAL, verdict="approve") == 409
    assert Verdict.objects.count() == 3
    fresh.update(proved_at=clock.now())
    assert client.get(page).status_code == 200
    assert sign(client, submission, StageKind.FINAL, verdict="approve") == 302
    submission.refresh_from_db()
    assert submission.state == State.SEALED


def test_the_author_submits_and_takes_back_on_the_page(cast: Cast) -> None:
    """作者在列表里看到没有送审的稿件，送审，写理由撤回；不写理由的，说明。"""
    edition, client = draft(cast, "待送稿"), signed_in(cast.chen)
    assert "送审：待送稿" in client.get("/desk/review/").content.decode()
    assert client.post(f"/desk/review/edition/{edition.uid}/submit/").status_code == 302
    row = Submission.objects.get()
    assert client.post(f"/desk/review/edition/{edition.uid}/submit/").status_code == 409
    assert client.post(f"/desk/review/{row.uid}/withdraw/", {"reason": ""}).status_code == 409
    assert client.post(f"/desk/review/{row.uid}/withdraw/", {"reason": "改"}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN


def test_an_officer_sets_a_chain_on_the_page(cast: Cast) -> None:
    """流程页：县办设置；缺终审的说明原因；别人没有表单，直接发送答 403。"""
    client = signed_in(cast.li)
    page = client.get("/desk/review/chains/")
    typed = {**page.context["form"].initial, "agency": "county", "kind": "", "basis": "制度"}
    assert client.post("/desk/review/chains/", typed | {"stage4": ""}).status_code == 409
    assert client.post("/desk/review/chains/", typed).status_code == 302
    chain = Chain.objects.get()
    assert (chain.agency, stages_of(chain)) == (None, list(IN_ORDER))
    other = signed_in(cast.chen)
    assert other.get("/desk/review/chains/").context["form"] is None
    assert other.post("/desk/review/chains/", typed).status_code == 403


def test_the_list_asks_few_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    """审核列表不随件数增加查询。"""
    panel = make_panel(cast)
    for n in range(6):
        submit_for_review(draft(cast, f"公告{n}"), by=cast.chen)
    client = signed_in(panel[StageKind.SECRECY])
    client.get("/desk/review/")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        page = client.get("/desk/review/")
    assert len(page.context["mine"]) == 6


def test_a_reviewer_sees_everything_that_is_signed(cast: Cast) -> None:
    """谁审核谁负责：种类的各栏、附件与正文一样在被签的字节里，审核页都看得到。"""
    fields, _ = schema_of(Kind.RELAY).read(
        {"source": "示例省政府网", "source_url": "https://x.test/a"}
    )
    edition = open_draft(cast.grain, Draft(Kind.RELAY, "转载", "正文", fields=fields), by=cast.chen)
    attach_file(edition, BytesIO(pdf("x")), name="原文.pdf", label="原文扫描", by=cast.chen)
    text = signed_in(cast.chen).get(f"/desk/review/edition/{edition.uid}/submit/").content.decode()
    wanted = ("示例省政府网", "https://x.test/a", "原文.pdf（原文扫描）")
    assert [what for what in wanted if what not in text] == []
