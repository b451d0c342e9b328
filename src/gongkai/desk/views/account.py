"""Signing in and out."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse

from gongkai.people.audience import Audience, declare


class SignInForm(AuthenticationForm):
    """Login and password. The answer to a wrong one does not tell which of the two was wrong."""

    error_messages = {
        "invalid_login": "登录名或密码不对。请核对大小写后重试；忘记密码请联系本单位管理员重设。",
        "inactive": "这个账号已停用。如仍在岗，请联系本单位管理员。",
    }
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class _SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm

    def get_default_redirect_url(self) -> str:
        return reverse("desk-home")


class _SignOut(LogoutView):
    def get_default_redirect_url(self) -> str:
        return reverse("home")


sign_in = declare(_SignIn.as_view(), Audience.PUBLIC)
sign_out = declare(_SignOut.as_view(), Audience.PUBLIC)
