"""Day and minute of a planned publication; why it is changed."""

from __future__ import annotations

from datetime import datetime

from django import forms

from gongkai.audit import clock
from gongkai.publication.actions.planning import STEP


class PlanForm(forms.Form):
    """When an edition is to go out, Beijing time."""

    day = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期写成 2026-03-05 的样子。"},
    )
    minute = forms.TimeField(
        label="时间",
        help_text="北京时间，整五分钟，例如 08:30。",
        widget=forms.TimeInput(
            attrs={"type": "time", "step": int(STEP.total_seconds())}, format="%H:%M"
        ),
        error_messages={"invalid": "时间写成 08:30 的样子。"},
    )

    @property
    def at(self) -> datetime:
        """The instant that was asked for."""
        said = self.cleaned_data
        return datetime.combine(said["day"], said["minute"], clock.SHANGHAI)


class MoveForm(PlanForm):
    """Another day or minute, and why."""

    reason = forms.CharField(label="改期的理由", max_length=300)


class CancelForm(forms.Form):
    """Why a plan is given up."""

    prefix = "cancel"
    reason = forms.CharField(label="取消的理由", max_length=300)
