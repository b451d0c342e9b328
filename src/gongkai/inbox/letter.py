"""A mail about messages: an impersonal subject, one paragraph a message, the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from gongkai.inbox.guard import refuse_personal_data
from gongkai.inbox.models import Notification

MARK = "【政务公开】"
_FOOT = "此邮件由系统发出，请勿回复。内容以登录后看到的为准。"


def one(row: Notification) -> EmailMessage:
    """Return the mail about one message."""
    return _letter(f"{MARK}{row.title}", [row], str(row.uid))


def digest(rows: Sequence[Notification], day: str) -> EmailMessage:
    """Return the daily mail of one person about *rows*, the first of whom names her."""
    return _letter(f"{MARK}{len(rows)} 条未读消息", rows, f"digest-{rows[0].person.uid}-{day}")


def _letter(subject: str, rows: Sequence[Notification], name: str) -> EmailMessage:
    paragraphs = [_paragraph(row) for row in rows]
    text = "\n\n".join([*paragraphs, _FOOT]) + "\n"
    refuse_personal_data(subject, *(row.title + row.body for row in rows))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return EmailMessage(
        subject=subject,
        body=text,
        to=[rows[0].person.email],
        # The same message sent twice after a crash carries the same name: mail servers drop the second.
        headers={"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _paragraph(row: Notification) -> str:
    lines = [row.title, row.body, f"{settings.SITE_URL}{row.address}"]
    return "\n".join(line for line in lines if line)
