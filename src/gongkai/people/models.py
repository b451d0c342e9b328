"""Person ≠ account: reviewers, authors and approvers are persons; an account only lets one sign in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
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
    login = models.CharField(
        "登录名",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9._@-]*\Z", "登录名只用字母、数字和 . _ @ -。")
        ],
    )
    is_active = models.BooleanField("可登录", default=True)
    is_demo = models.BooleanField("演示账号", default=False)
    password_set_at = models.DateTimeField("密码设置时间", null=True, blank=True)

    USERNAME_FIELD = "login"
    objects = Accounts()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.login


class Tries(models.Model):
    """How often one login, or one network address, was tried in vain.

    *key* is a keyed hash: of a login whether or not there is such an account, so that a lock tells
    nothing about it.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField("键", max_length=64, unique=True)
    count = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("第一次", db_index=True)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = "登录尝试"

    def __str__(self) -> str:
        return f"{self.key[:8]}×{self.count}"


class SessionEnd(models.TextChoices):
    """Why a session ended."""

    LEFT = "left", "本人退出"
    IDLE = "idle", "长时间没有操作"
    TOO_LONG = "too_long", "超过最长时间"
    BY_OWNER = "by_owner", "本人在别处结束"
    PASSWORD = "password", "密码已更改"  # a reason, not a password
    FACTOR = "factor", "验证器被解除"
    CLOSED = "closed", "账号已停用"
    ADMINISTRATOR = "administrator", "安全管理员结束"


class Session(Identified):
    """One sign-in, from its start to its end. Kept as long as the law keeps logs (网络安全法第二十一条)."""

    account = models.ForeignKey(User, models.PROTECT, related_name="sessions", verbose_name="账号")
    digest = models.CharField("会话键的哈希", max_length=64, unique=True)
    address = models.CharField("网络地址", max_length=64)
    device = models.CharField("设备", max_length=120)
    started_at = models.DateTimeField("登录时间", db_index=True)
    last_seen_at = models.DateTimeField("最近操作")
    proved_at = models.DateTimeField("最近一次证明身份")
    factor_at = models.DateTimeField("最近一次第二步验证", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    why = models.CharField("结束原因", max_length=16, choices=SessionEnd.choices, blank=True)

    class Meta:
        verbose_name = "登录"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, why="")
                | models.Q(ended_at__isnull=False) & ~models.Q(why=""),
                name="session_ended_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.started_at:%Y-%m-%d %H:%M}"


class Factor(Identified):
    """The second factor of an account: a secret shared with an authenticator, readable under a key only."""

    account = models.OneToOneField(User, models.PROTECT, related_name="factor", verbose_name="账号")
    ciphertext = models.BinaryField("密文")
    key_id = models.CharField("密钥编号", max_length=40)
    alg = models.CharField("算法", max_length=40)
    last_step = models.PositiveBigIntegerField("最近用过的一步")
    enrolled_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "验证器"

    def __str__(self) -> str:
        return str(self.account)


class RecoveryCode(models.Model):
    """A code for the day the telephone is not at hand. Only its hash is kept, and it is good for once."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        User, models.PROTECT, related_name="recovery_codes", verbose_name="账号"
    )
    digest = models.CharField("哈希", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} {'已用' if self.used_at else '未用'}"


class Invitation(Identified):
    """A link, good once and until a day, by which a person sets the password of their account."""

    account = models.ForeignKey(
        User, models.PROTECT, related_name="invitations", verbose_name="账号"
    )
    digest = models.CharField("哈希", max_length=64, unique=True)
    made_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = "邀请"

    def __str__(self) -> str:
        return f"{self.account} {self.made_at:%Y-%m-%d}"


class ExternalIdentity(Identified):
    """An account's name at the county's own identity provider, linked by a security administrator."""

    account = models.ForeignKey(
        User, models.PROTECT, related_name="external_identities", verbose_name="账号"
    )
    issuer = models.CharField("统一认证地址", max_length=200)
    subject = models.CharField("统一认证用户标识", max_length=200)

    class Meta:
        verbose_name = "统一认证关联"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="external_identity_of_one_account"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class AdministratorSession(Identified):
    """A stretch of time in which a person acts as one of the three administrators, and what for."""

    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, related_name="elevations", verbose_name="登录"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="administrator_sessions", verbose_name="人员"
    )
    seat = models.CharField("管理员", max_length=24)
    reason = models.CharField("事由", max_length=200)
    started_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("到时")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    live = models.BooleanField("进行中", null=True, default=True, editable=False)

    class Meta:
        verbose_name = "管理员会话"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "live"], name="administrator_session_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(live=True, ended_at=None)
                | models.Q(live=None, ended_at__isnull=False),
                name="administrator_session_live_or_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("started_at")),
                name="administrator_session_is_timed",
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="administrator_session_by_time")]

    def __str__(self) -> str:
        return f"{self.person} {self.started_at:%Y-%m-%d %H:%M}"
