"""What was found in a file before it left, and who answered for what of it. The file itself is not kept."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.files.outgoing.concern import ConcernKind
from gongkai.people.models import Person


class Verdict(models.TextChoices):
    """What the examiner said."""

    CLEAN = "clean", "没有发现问题"
    TOLD = "told", "有提醒，可以出门"
    HELD = "held", "要处理，不能出门"


class Screening(Identified):
    """出门检查: the bytes of this hash, under this name, as this examiner saw them."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    sha256 = models.CharField("哈希", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("文件名", max_length=120)
    examiner = models.PositiveSmallIntegerField("检查规则版本")
    findings = models.TextField("检查结果")
    verdict = models.CharField("结论", max_length=5, choices=Verdict.choices)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人")
    at = models.DateTimeField("检查时间")

    class Meta:
        verbose_name = "出门检查"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sha256", "name", "examiner"], name="screening_once"
            )
        ]
        indexes = [models.Index(fields=["sha256", "agency"], name="screening_by_hash")]

    def __str__(self) -> str:
        return self.name


class Release(Identified):
    """放行: somebody other than who had it examined answers for one kind of concern, with the reason."""

    screening = models.ForeignKey(
        Screening, models.PROTECT, related_name="releases", verbose_name="出门检查"
    )
    kind = models.CharField(
        "问题", max_length=20, choices=[(one.value, one.label) for one in ConcernKind]
    )
    reason = models.CharField("放行的理由", max_length=300)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="放行人")
    at = models.DateTimeField("放行时间")

    class Meta:
        verbose_name = "放行"
        constraints = [
            models.UniqueConstraint(fields=["screening", "kind"], name="release_once_a_kind"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="release_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.screening}：{self.get_kind_display()}"
