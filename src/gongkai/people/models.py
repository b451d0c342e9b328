"""Person ≠ account: reviewers, authors and approvers are persons; an account only lets one sign in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongkai.audit.identity import Identified, new_uid


class Person(Identified):
    """Somebody who works for an agency, or a named program; what signatures point at for ever."""

    name = models.CharField("姓名", max_length=50)
    staff_no = models.CharField("工号", max_length=40, unique=True)
    email = models.EmailField("工作邮箱", blank=True)

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["User"]):
    """What Django's authentication needs to find an account by its login."""


class User(AbstractBaseUser):
    """An account of a person. It can be closed; the person and what they signed remain."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts", verbose_name="人员")
    login = models.CharField("登录名", max_length=60, unique=True)
    is_active = models.BooleanField("可登录", default=True)
    is_demo = models.BooleanField("演示账号", default=False)

    USERNAME_FIELD = "login"
    objects = Accounts()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.login
