"""What is typed when signing in, and when keeping people and their accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from gongkai.people.actions.administrators import MINUTES, SHORTEST_REASON
from gongkai.people.models import Person, User


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when it is nothing; None for somebody who only opens the page."""
    return request.POST if request.method == "POST" else None


_LONGEST_PASSWORD = 256
"""Characters: a password of a megabyte would only keep a processor busy."""
_RULES = "至少 10 个字符，不能全是数字，不能是常见密码，不能和登录名相近。"


def _password(label: str, *, new: bool = False, help_text: str = "") -> forms.CharField:
    complete = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=_LONGEST_PASSWORD,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
    )


class SignInForm(forms.Form):
    """Login and password."""

    username = forms.CharField(
        label="登录名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _password("密码")


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        help_text="验证器上的 6 位数字；手机不在身边时，可输一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class PasswordAgainForm(forms.Form):
    """The password once more, where no authenticator is enrolled."""

    code = _password("密码")


class EnrolForm(forms.Form):
    """The first code of a new authenticator."""

    code = forms.CharField(
        label="验证器现在显示的 6 位数字",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class NewPasswordForm(forms.Form):
    """A password of one's own choosing, twice."""

    password = _password("新密码", new=True, help_text=_RULES)
    again = _password("再输一次新密码", new=True)

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error(
                "again", ValidationError("两次输入的不一样，请重新输入。", code="differs")
            )
        return given


class ChangePasswordForm(NewPasswordForm):
    """The present password before the new one."""

    current = _password("现在的密码")
    field_order = ("current", "password", "again")


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A person."""

    class Meta:
        model = Person
        fields = ("name", "staff_no", "email")
        help_texts = {"email": "可不填；填了，邀请链接也会发到这里。"}


class LoginForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """The login of a new account; the person sets the password."""

    class Meta:
        model = User
        fields = ("login",)
        help_texts = {"login": "字母、数字和 . _ @ -，例如工号；开通后不能改。"}


class AdministrationForm(forms.Form):
    """What an administrator session is for, and how long it lasts."""

    reason = forms.CharField(
        label="事由",
        min_length=SHORTEST_REASON,
        max_length=200,
        help_text=f"至少 {SHORTEST_REASON} 个字，写明办什么事；记入日志，不写当事人的电话、证件号。",
        error_messages={"min_length": f"请写明事由，至少 {SHORTEST_REASON} 个字。"},
    )
    minutes = forms.TypedChoiceField(
        label="时长",
        coerce=int,
        choices=[(n, f"{n} 分钟") for n in MINUTES],
        initial=MINUTES[0],
        widget=forms.RadioSelect,
    )
