"""A few of the demo's items have a picture or a file: entered open, given it, and closed, as a clerk does it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from gongkai.agencies.models import Agency
from gongkai.documents.actions import (
    Draft,
    add_picture,
    attach_file,
    close_edition,
    enter_documents,
)
from gongkai.documents.models import Edition, Kind
from gongkai.paper.blocks import Cell, Document, Paragraph, Row, Table, Title
from gongkai.paper.word import render_docx
from gongkai.people.models import Person
from gongkai.text.body.addresses import file_address
from gongkai_demo.organs import DATA

_EVERY = {Kind.NEWS: 60, Kind.NOTICE: 25}
"""Of so many items of a kind one has a picture (news) or a form to fill in (notices)."""
FORM = "登记表.docx"
_ROWS = ("姓名或者单位名称", "联系方式", "申请事项", "材料清单", "签名")


@dataclass(frozen=True)
class _Picture:
    name: str
    alt: str

    @property
    def data(self) -> bytes:
        return (DATA / "pictures" / self.name).read_bytes()


_PICTURES = (
    _Picture("fields.png", "示意画：村边的麦田，田垄伸向远处的房屋和树（演示）"),
    _Picture("hall.png", "示意画：政务服务大厅的五个窗口，三位群众正在办事（演示）"),
    _Picture("river.png", "示意画：一座石桥跨过清理后的河道，两岸是树（演示）"),
)


def has_more(draft: Draft, n: int) -> bool:
    """Whether the *n*-th item of its kind comes with a picture or a file."""
    every = _EVERY.get(draft.kind)
    return every is not None and n % every == 1


def enter(drafts: Sequence[Draft], *, agency: Agency, year: int, by: Person) -> list[Edition]:
    """Enter *drafts* with what they come with; *by* drafts for *agency*. Returns the closed editions."""
    with_pictures = [_pictured(draft, n) for n, draft in enumerate(drafts)]
    editions = enter_documents(with_pictures, agency=agency, year=year, by=by)
    for n, (edition, draft) in enumerate(zip(editions, drafts, strict=True)):
        if draft.kind is Kind.NEWS:
            picture = _picture(n)
            add_picture(
                edition, io.BytesIO(picture.data), name=picture.name, alt=picture.alt, by=by
            )
        else:
            attach_file(edition, io.BytesIO(_form()), name=FORM, label="登记表（演示）", by=by)
        close_edition(edition, by=by)
    return editions


def _picture(n: int) -> _Picture:
    return _PICTURES[n % len(_PICTURES)]


def _pictured(draft: Draft, n: int) -> Draft:
    """Put the picture behind the first paragraph of a piece of news."""
    if draft.kind is not Kind.NEWS:
        return draft
    picture = _picture(n)
    address = file_address(hashlib.sha256(picture.data).hexdigest(), picture.name)
    first, _, rest = draft.text.partition("</p>")
    shown = f'<p><img src="{address}" alt="{picture.alt}"></p>'
    return replace(draft, text=f"{first}</p>{shown}{rest}")


@cache
def _form() -> bytes:
    """An empty form, as notices have them."""
    rows = tuple(
        Row((Cell(str(n)), Cell(label, align="left"), Cell("")))
        for n, label in enumerate(_ROWS, start=1)
    )
    head = Row(
        (Cell("序号", head=True), Cell("项目", head=True), Cell("内容", head=True)), head=True
    )
    table = Table((16, 50, 90), (head, *rows), 12, "登记表，五项，内容由填写人填写")
    remark = Paragraph("本表为演示而设，请勿填写真实的个人信息。")
    return render_docx(
        Document("登记表（演示）", "演示县", (Title(("登记表（演示）",)), table, remark))
    )
