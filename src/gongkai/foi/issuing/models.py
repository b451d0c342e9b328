"""The letters of a case as they were signed, the files given to the applicant, and what was asked.

All three name people, so that bytes and words are sealed; what a row says in the open is fixed by the
database. A letter's bytes are kept and not made again: fonts, wording and names change, and what is
shown to a court is what was signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from gongkai.audit.identity import Identified
from gongkai.files.kinds import TITLES
from gongkai.foi.models import Case
from gongkai.people.models import Person


class RequestWords(Identified):
    """What was asked in a request that came in without a submission here; its letters quote it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="words", verbose_name="案件")
    entered_at = models.DateTimeField("录入时间")
    ciphertext = models.BinaryField("密文")
    key_id = models.CharField("密钥编号", max_length=20)
    alg = models.CharField("算法", max_length=20)

    class Meta:
        verbose_name = "申请内容"

    def __str__(self) -> str:
        return f"{self.case} 申请内容"


class IssuedLetter(Identified):
    """A letter as it was signed: PDF and Word sealed together, their hashes in the open.

    *subject_uid*: the draft or the record it was written for; asked twice, the same letter. *version*: of
    its wording. *way*: how it was to be sent. *due_on*: the last day of the answer it tells, where a clock gave
    it, from the first *events_seen* events of its case. Emptied when the identity behind its case is destroyed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", verbose_name="案件")
    code = models.CharField("文书代码", max_length=3)
    subject_uid = models.UUIDField("所属记录")
    number = models.CharField("文号", max_length=60, blank=True)
    version = models.PositiveIntegerField("文字版本")
    signed_on = models.DateField("成文日期")
    to_applicant = models.BooleanField("发给申请人")
    way = models.CharField("送达方式", max_length=20, blank=True)
    due_on = models.DateField("写明的答复期限", null=True, blank=True)
    events_seen = models.PositiveIntegerField("写作时的事件数", default=0)
    pdf_sha256 = models.CharField("PDF 校验值", max_length=64)
    docx_sha256 = models.CharField("Word 校验值", max_length=64)
    ciphertext = models.BinaryField("文书密文", blank=True)
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "文书"
        constraints = [
            models.UniqueConstraint(fields=["subject_uid", "code"], name="letter_written_once"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.case} {self.code}"


GOING: Mapping[str, None] = {"taken_out_on": None, "letter": None}
"""What tells the enclosures that go with the next decision of their case."""


class Enclosure(Identified):
    """A file given to the applicant with the decision, name and bytes sealed together.

    It goes with *letter* once that is signed; before, an officer may take it out again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="enclosures", verbose_name="案件")
    letter = models.ForeignKey(
        IssuedLetter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enclosures",
        verbose_name="文书",
    )
    title = models.CharField("附件名称", max_length=100)
    kind = models.CharField(
        "格式", max_length=8, choices=[(kind.value, title) for kind, title in TITLES.items()]
    )
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    added_on = models.DateField("放入日期")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="放入人")
    taken_out_on = models.DateField("取出日期", null=True, blank=True)
    ciphertext = models.BinaryField("文件密文", blank=True)
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "给申请人的文件"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sha256"],
                condition=Q(taken_out_on=None),
                name="enclosure_once_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_on=None) | Q(letter=None), name="enclosure_sent_or_taken_out"
            ),
        ]

    def __str__(self) -> str:
        return self.title
