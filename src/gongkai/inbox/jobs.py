"""Mail leaves as background work: one try after another, and a visible failure."""

from __future__ import annotations

import logging
import smtplib
from datetime import time, timedelta

from django.core.mail import EmailMessage

from gongkai.audit import clock
from gongkai.inbox import letter
from gongkai.inbox.actions import MAIL_DIGEST, MAIL_ONE, mark_mailed, mark_unsent
from gongkai.inbox.models import MailState, Notification
from gongkai.inbox.queries import waiting_for_digest
from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress

logger = logging.getLogger(__name__)

_NEVER = (501, 510, 511, 550, 551, 553)
"""SMTP's answers about an address that is no address: trying again does not make it one."""


def mail_one(arguments: Arguments, progress: Progress) -> Outcome:
    """Mail one message. Sent already means done."""
    rows = Notification.objects.filter(uid=str(arguments["notification"])).select_related("person")
    row = rows.first()
    if row is None or row.mail_state == MailState.SENT or not row.person.email:
        return Outcome("不用发送。")
    try:
        _send(letter.one(row))
    except JobFailed:
        mark_unsent(rows)
        raise
    mark_mailed(rows)
    return Outcome("邮件已交给邮件服务器。")


def mail_digests(arguments: Arguments, progress: Progress) -> Outcome:
    """Mail each person who wants it that way one letter about all she has not read."""
    waiting: dict[int, list[Notification]] = {}
    for row in waiting_for_digest().select_related("person").order_by("pk"):
        waiting.setdefault(row.person_id, []).append(row)
    day, failed = clock.today().isoformat(), 0
    for n, rows in enumerate(waiting.values()):
        progress.step(n, len(waiting), "每日汇总")
        try:
            _send(letter.digest(rows, day))
        except JobFailed:
            failed += 1
            continue
        mark_mailed(Notification.objects.filter(pk__in=[row.pk for row in rows]))
    if failed:
        told = f"{len(waiting)} 封每日汇总中有 {failed} 封没有发出，未发出的下次再发。"
        raise JobFailed(f"{told}请核对邮件设置和收件人邮箱。", again=True)
    return Outcome(f"发出 {len(waiting)} 封每日汇总。")


def _send(mail: EmailMessage) -> None:
    """Hand *mail* to the server. Raises ``JobFailed`` with a sentence that names no address."""
    if not mail.to[0]:
        raise JobFailed("收件人没有登记工作邮箱。")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise JobFailed(
            f"邮件服务器不接受收件人的邮箱（{code}）。请核对其工作邮箱。", again=code not in _NEVER
        ) from refused
    except smtplib.SMTPAuthenticationError as refused:
        raise JobFailed(
            "邮件服务器不接受登录名或口令。请系统管理员核对 GONGKAI_MAIL_URL 和口令文件。",
            again=True,
        ) from refused
    except (OSError, smtplib.SMTPException) as wrong:
        logger.warning("邮件没有发出：%s", wrong)
        raise JobFailed(
            f"邮件没有发出（{type(wrong).__name__}）：连不上邮件服务器，或者它没有接受。"
            "消息在本站“消息”里照常可看。",
            again=True,
        ) from wrong


register(MAIL_ONE, "发送一封通知邮件", mail_one, most_tries=5)
register(MAIL_DIGEST, "发送每日汇总邮件", mail_digests, most_tries=3, alone=True)
repeat(MAIL_DIGEST, every=timedelta(days=1), at=time(8, 30))
