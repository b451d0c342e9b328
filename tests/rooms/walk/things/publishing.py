"""What an agency publishes: drafts with files, columns and catalogue, registers, what hangs elsewhere."""

from __future__ import annotations

from io import BytesIO

from gongkai.agencies.models import Agency
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
from gongkai.people.models import Person
from gongkai.publication.actions import publish_imported
from gongkai.registers.actions import stage_import
from gongkai.registers.models import Entry as Decision
from gongkai.registers.models import Import, Register
from gongkai.review.actions import waive_as_imported
from tests.pure.files.made import pdf, picture
from tests.rooms.cast import SINCE, Cast
from tests.rooms.columns.making import SETUP
from tests.rooms.registers.tables import LICENCE, confirm, rows_as_csv

YEAR = 2024


def drafts(
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


def columns(cast: Cast, agency: Agency, word: str) -> tuple[Column, CatalogueItem]:
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


def registered(agency: Agency, officer: Person, word: str) -> tuple[Decision, Import]:
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


def shown_elsewhere(agency: Agency, writer: Person, office: Person, word: str) -> Showing:
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
