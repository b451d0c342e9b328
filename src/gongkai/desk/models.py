"""A form somebody has begun to fill in: kept for them alone, sealed, until they hand it in."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class KeptForm(Identified):
    """The fields of one person's unfinished form at one address. Not a record: it may disappear."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="kept_forms", verbose_name="人员"
    )
    place = models.CharField("页面", max_length=200)
    ciphertext = models.BinaryField("内容密文")
    key_id = models.CharField("密钥编号", max_length=20)
    alg = models.CharField("算法", max_length=20)
    kept_at = models.DateTimeField("暂存时间")

    class Meta:
        verbose_name = "暂存的表单"
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="kept_form_one_a_page")
        ]

    def __str__(self) -> str:
        return self.place
