"""How one wants mail."""

from __future__ import annotations

from django import forms

from gongkai.inbox.models import Wish


class WishForm(forms.Form):
    """One choice out of three."""

    mail = forms.ChoiceField(
        label="消息总在这里；邮件怎么发", choices=Wish.choices, widget=forms.RadioSelect
    )
