"""An invented applicant and the form as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.foi.identity import Identity
from gongkai.foi.receiving.actions import Sent, submit
from gongkai.foi.receiving.codes import Begun
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.files import inspect
from tests.pure.files.made import pdf

WHO: Mapping[str, str] = {
    "klass": "nat",
    "name": "淯喆昇申请人",
    "document_kind": "id_card",
    "document_no": "000000198001010013",
    "phone": "0000-7654321",
    "email": "yuzhe@example.test",
    "address": "试验县虚构路零号",
}
ASKED: Mapping[str, str] = {
    "agency": "T00000002",
    "subject": "虚构渠清淤补偿标准",
    "features": "二〇二三年虚构渠",
    "form": "any",
    "way": "email",
}
FILE = "淯喆昇的证件.pdf"
SECRETS = (
    *("淯喆昇", "000000198001010013", "7654321", "yuzhe@example", "虚构路零号", "虚构渠"),
    *(FILE, "虚构附件内容"),
)
"""What may lie nowhere unsealed, and on no page but the applicant's own."""
IDENTITY = Identity(
    WHO["name"],
    WHO["document_no"],
    "电话 0000-7654321",
    "id_card",
    WHO["phone"],
    "",
    WHO["address"],
)


def begun(*, ago: timedelta = timedelta(minutes=1)) -> Begun:
    """Return a form opened some time ago."""
    now = Begun.now()
    return Begun(now.secret, now.at - ago)


def filled(form: Begun | None = None, **changed: str) -> dict[str, Any]:
    """Return the last page of the form as it is sent."""
    token = (form or begun()).token
    return {**ASKED, **WHO, "begun": token, "at": "send", "go": "send", **changed}


def attached() -> SimpleUploadedFile:
    return SimpleUploadedFile(FILE, pdf("x") + "\n%虚构附件内容".encode())


def sent_by_post(client: Client, data: Mapping[str, Any]) -> tuple[str, str]:
    """Send the form; return number and code as the page shows them."""
    answer = client.post("/apply/form/", data)
    assert answer.status_code == 200, answer.content.decode()
    found = re.findall(r"<dd>([2-9A-Z]{4}-[2-9A-Z]{4})</dd>", answer.content.decode())
    return found[0], found[1]


def submitted(agency: Agency, form: Begun | None = None, applicant: Identity = IDENTITY) -> Sent:
    """Send a form to *agency* without a page."""
    file = attached()
    files = inspect([(file.name or "", file.read())], most_files=5, most_bytes=1_000_000)
    asked = Asked(ASKED["subject"], features=ASKED["features"])
    return submit(
        agency,
        asked=asked,
        applicant=applicant,
        klass="nat",
        files=files,
        begun=form or Begun.now(),
    )


def legal_today() -> str:
    return clock.today().isoformat()
