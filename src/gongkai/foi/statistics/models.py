"""How often published items were offered on the public form, and were what somebody wanted: counts alone."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified


class SuggestionTally(Identified):
    """One day of one agency. Nothing says who, or what was typed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    on = models.DateField("日期")
    shown = models.PositiveIntegerField("提示次数", default=0)
    followed = models.PositiveIntegerField("找到了、不再申请的次数", default=0)

    class Meta:
        verbose_name = "已公开信息提示计数"
        constraints = [
            models.UniqueConstraint(fields=["agency", "on"], name="suggestion_tally_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.on}"
