"""The form is sent: what a program would do is refused politely, what a person sent is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.views.decorators.debug import sensitive_variables

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.foi.receiving.actions import Sent, amend, submit
from gongkai.foi.receiving.codes import Begun
from gongkai.foi.receiving.files import Inspected, inspect
from gongkai.foi.receiving.queries import by_code
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import LEAST_SECONDS, MOST_FILES
from gongkai.portal.applying.steps import HONEYPOT, Forms


def refuse_programs(data: Mapping[str, str], begun: Begun) -> None:
    """Raise :class:`SubmissionRefused` for what only a program does; a person is told how to go on."""
    if data.get(HONEYPOT):
        raise SubmissionRefused(
            "没有提交：有一栏是看不见的，用来挡住自动程序，却填了内容，可能是浏览器的自动填写。现在已经清空，请再提交一次。"
        )
    if clock.now() - begun.at < timedelta(seconds=LEAST_SECONDS):
        raise SubmissionRefused(
            f"没有提交：从打开表单到提交不到 {LEAST_SECONDS} 秒，像是自动程序。请核对内容，稍等几秒再提交一次。"
        )


def files_sent(sent: list[UploadedFile[bytes]]) -> list[Inspected]:
    """Return what was attached. Raises :class:`SubmissionRefused`."""
    pairs = [(file.name or "", file.read()) for file in sent]
    return inspect(pairs, most_files=MOST_FILES, most_bytes=settings.APPLY_MOST_BYTES)


@sensitive_variables()
def send(
    forms: Forms, files: list[Inspected], agencies: Mapping[str, tuple[Agency, str]], begun: Begun
) -> Sent:
    """Take in a new submission, or put what was changed in the place of the old one.

    Raises :class:`SubmissionRefused`.
    """
    said = forms.who.cleaned_data
    values = {
        "asked": forms.asked.asked(),
        "applicant": forms.who.identity(),
        "klass": said["klass"],
        "files": files,
    }
    number, code = forms.carried["number"], forms.carried["code"]
    try:
        if not number:
            agency = agencies[forms.asked.cleaned_data["agency"]][0]
            return submit(agency, **values, begun=begun)
        found = by_code(number, code)
        if found is None:
            raise SubmissionRefused("收件编号或者查询码不对，没有修改。请到“查询进度”重新输入。")
        return Sent(amend(found, **values), code)
    except ValidationError as wrong:
        raise SubmissionRefused("；".join(wrong.messages)) from wrong
