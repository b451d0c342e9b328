"""What an operator sets, read once and checked: every variable is in docs/manual/settings.zh.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from environs import Env, EnvError

Mode = Literal["production", "demo"]
LOOKS = ("standard", "elder", "contrast", "grey")

DEMO_SECRET = "demo-only-this-key-is-public"  # noqa: S105  # public on purpose; production refuses it
DEMO_IDENTITY_KEY = "demo-only-identity-key-0000000000"


class SettingRefused(Exception):
    """A setting that would make this installation unsafe or unusable, with what to do about it."""


FACTOR_ROLES = (
    *("final_reviewer", "openness_officer", "leader", "auditor"),
    *("system_administrator", "security_administrator", "audit_administrator"),
)
"""Whose acts bind the county or open what others wrote: a password alone is not enough (等保三级)."""


@dataclass(frozen=True)
class SignIn:
    """How one signs in, and for how long."""

    lock_tries: int
    lock_minutes: int
    address_tries: int
    idle_minutes: int
    session_hours: int
    session_months: int
    invitation_days: int
    password_days: int
    factor_roles: list[str]


@dataclass(frozen=True)
class Provider:
    """The county's own identity provider (OpenID Connect); *issuer* is empty where there is none."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    match: str
    trust_amr: bool


@dataclass(frozen=True)
class Imprint:
    """What the foot of every page has to say (国办发〔2017〕47号). What is empty is not shown."""

    sponsor: str
    contact: str
    site_code: str
    icp: str
    police: str
    faults_url: str


@dataclass(frozen=True)
class Environment:
    """Typed values of the ``GONGKAI_*`` variables and ``DATABASE_URL``."""

    mode: Mode
    data: Path
    database_url: str
    secret_key: str
    identity_key: str
    identity_keys_old: tuple[str, ...]
    hosts: list[str]
    https: bool
    proxies: list[str]
    check_files: int
    check_megabytes: int
    check_per_hour: int
    search_per_hour: int
    apply_megabytes: int
    apply_per_hour: int
    status_per_hour: int
    site_url: str
    mail_url: str
    mail_password: str
    mail_from: str
    backup_at: time | None
    backup_to: Path
    backup_keep: int
    attachment_megabytes: int
    draft_lock_minutes: int
    job_lost_seconds: int
    job_grace_seconds: int
    sign_in: SignIn
    provider: Provider
    imprint: Imprint
    look_default: str

    @property
    def demo(self) -> bool:
        return self.mode == "demo"


def read_environment() -> Environment:
    """Read the process environment. Raises ``SettingRefused`` with a sentence for the operator."""
    env = Env()
    try:
        mode = cast("Mode", env.str("GONGKAI_MODE", "production"))
        data = Path(env.str("GONGKAI_DATA", "var")).resolve()
        found = Environment(
            mode=mode,
            data=data,
            database_url=env.str("DATABASE_URL", f"sqlite:///{data / 'gongkai.sqlite3'}"),
            secret_key=_secret(env, "GONGKAI_SECRET_KEY", DEMO_SECRET if mode == "demo" else ""),
            identity_key=_secret(
                env, "GONGKAI_IDENTITY_KEY", DEMO_IDENTITY_KEY if mode == "demo" else ""
            ),
            identity_keys_old=_old_keys(env.str("GONGKAI_IDENTITY_KEYS_OLD_FILE", "")),
            hosts=env.list("GONGKAI_HOSTS", ["127.0.0.1", "localhost", "[::1]"]),
            https=env.bool("GONGKAI_HTTPS", mode == "production"),
            proxies=env.list("GONGKAI_PROXIES", ["127.0.0.1", "::1"]),
            check_files=env.int("GONGKAI_CHECK_FILES", 10),
            check_megabytes=env.int("GONGKAI_CHECK_MEGABYTES", 10),
            check_per_hour=env.int("GONGKAI_CHECK_PER_HOUR", 30),
            search_per_hour=env.int("GONGKAI_SEARCH_PER_HOUR", 600),
            apply_megabytes=env.int("GONGKAI_APPLY_MEGABYTES", 10),
            apply_per_hour=env.int("GONGKAI_APPLY_PER_HOUR", 20),
            status_per_hour=env.int("GONGKAI_STATUS_PER_HOUR", 60),
            site_url=env.str("GONGKAI_SITE_URL", "").rstrip("/"),
            mail_url=env.str("GONGKAI_MAIL_URL", ""),
            mail_password=_secret(env, "GONGKAI_MAIL_PASSWORD", ""),
            mail_from=env.str("GONGKAI_MAIL_FROM", ""),
            backup_at=_time_of_day("GONGKAI_BACKUP_AT", env.str("GONGKAI_BACKUP_AT", "")),
            backup_to=Path(env.str("GONGKAI_BACKUP_TO", str(data / "backups"))).resolve(),
            backup_keep=env.int("GONGKAI_BACKUP_KEEP", 14),
            attachment_megabytes=env.int("GONGKAI_ATTACHMENT_MEGABYTES", 50),
            draft_lock_minutes=env.int("GONGKAI_DRAFT_LOCK_MINUTES", 30),
            job_lost_seconds=env.int("GONGKAI_JOB_LOST_SECONDS", 120),
            job_grace_seconds=env.int("GONGKAI_JOB_GRACE_SECONDS", 30),
            sign_in=_sign_in(env, [] if mode == "demo" else list(FACTOR_ROLES)),
            provider=_provider(env),
            imprint=_imprint(env),
            look_default=env.str("GONGKAI_LOOK_DEFAULT", "standard"),
        )
    except EnvError as wrong:
        raise SettingRefused(
            f"环境变量有误：{wrong}。请对照 docs/manual/settings.zh.md 改正。"
        ) from wrong
    _refuse_unsafe(found, debug=env.bool("DEBUG", False))
    return found


def _sign_in(env: Env, factor_roles: list[str]) -> SignIn:
    return SignIn(
        lock_tries=env.int("GONGKAI_LOCK_TRIES", 5),
        lock_minutes=env.int("GONGKAI_LOCK_MINUTES", 15),
        address_tries=env.int("GONGKAI_ADDRESS_TRIES", 60),
        idle_minutes=env.int("GONGKAI_IDLE_MINUTES", 30),
        session_hours=env.int("GONGKAI_SESSION_HOURS", 12),
        session_months=env.int("GONGKAI_SESSION_MONTHS", 6),
        invitation_days=env.int("GONGKAI_INVITATION_DAYS", 7),
        password_days=env.int("GONGKAI_PASSWORD_DAYS", 0),
        factor_roles=env.list("GONGKAI_FACTOR_ROLES", factor_roles),
    )


def _provider(env: Env) -> Provider:
    return Provider(
        issuer=env.str("GONGKAI_OIDC_ISSUER", "").rstrip("/"),
        client_id=env.str("GONGKAI_OIDC_CLIENT_ID", ""),
        client_secret=_secret(env, "GONGKAI_OIDC_CLIENT_SECRET", ""),
        label=env.str("GONGKAI_OIDC_LABEL", "统一身份认证登录"),
        match=env.str("GONGKAI_OIDC_MATCH", ""),
        trust_amr=env.bool("GONGKAI_OIDC_TRUST_AMR", False),
    )


def _imprint(env: Env) -> Imprint:
    return Imprint(
        sponsor=env.str("GONGKAI_SPONSOR", ""),
        contact=env.str("GONGKAI_CONTACT", ""),
        site_code=env.str("GONGKAI_SITE_CODE", ""),
        icp=env.str("GONGKAI_ICP", ""),
        police=env.str("GONGKAI_POLICE_RECORD", ""),
        faults_url=env.str("GONGKAI_FAULTS_URL", ""),
    )


def _secret(env: Env, name: str, default: str) -> str:
    """Return a secret from the variable itself or from the file named by ``{name}_FILE``."""
    file = env.str(f"{name}_FILE", "")
    if not file:
        return env.str(name, default)
    return _read(f"{name}_FILE", file).strip()


def _old_keys(file: str) -> tuple[str, ...]:
    """Return the keys of earlier times, the latest first: one a line, lines beginning with # are notes."""
    if not file:
        return ()
    lines = [line.strip() for line in _read("GONGKAI_IDENTITY_KEYS_OLD_FILE", file).splitlines()]
    return tuple(line for line in lines if line and not line.startswith("#"))


def _read(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")  # an editor of Windows leaves a mark
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingRefused(f"读不到 {name} 指定的文件 {file}：请检查路径和权限。") from wrong


def _time_of_day(name: str, text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise SettingRefused(f"{name} 应是 时:分，例如 02:30，实为 {text}，请改正。") from wrong


def _refuse_out_of_range(found: Environment) -> None:
    sign_in = found.sign_in
    for name, value, least, most in (
        ("GONGKAI_CHECK_FILES", found.check_files, 1, 50),
        ("GONGKAI_CHECK_MEGABYTES", found.check_megabytes, 1, 100),
        ("GONGKAI_CHECK_PER_HOUR", found.check_per_hour, 1, 10_000),
        ("GONGKAI_SEARCH_PER_HOUR", found.search_per_hour, 1, 100_000),
        ("GONGKAI_APPLY_MEGABYTES", found.apply_megabytes, 1, 50),
        ("GONGKAI_APPLY_PER_HOUR", found.apply_per_hour, 1, 10_000),
        ("GONGKAI_STATUS_PER_HOUR", found.status_per_hour, 5, 10_000),
        ("GONGKAI_BACKUP_KEEP", found.backup_keep, 1, 1_000),
        ("GONGKAI_ATTACHMENT_MEGABYTES", found.attachment_megabytes, 1, 500),
        ("GONGKAI_DRAFT_LOCK_MINUTES", found.draft_lock_minutes, 1, 1_440),
        ("GONGKAI_JOB_LOST_SECONDS", found.job_lost_seconds, 3, 3_600),
        ("GONGKAI_JOB_GRACE_SECONDS", found.job_grace_seconds, 1, 3_600),
        ("GONGKAI_LOCK_TRIES", sign_in.lock_tries, 3, 20),
        ("GONGKAI_LOCK_MINUTES", sign_in.lock_minutes, 1, 1_440),
        ("GONGKAI_ADDRESS_TRIES", sign_in.address_tries, 5, 10_000),
        ("GONGKAI_IDLE_MINUTES", sign_in.idle_minutes, 5, 240),
        ("GONGKAI_SESSION_HOURS", sign_in.session_hours, 1, 24),
        ("GONGKAI_SESSION_MONTHS", sign_in.session_months, 6, 120),
        ("GONGKAI_INVITATION_DAYS", sign_in.invitation_days, 1, 30),
        ("GONGKAI_PASSWORD_DAYS", sign_in.password_days, 0, 1_000),
    ):
        if not least <= value <= most:
            raise SettingRefused(f"{name} 应是 {least} 至 {most} 的整数，实为 {value}，请改正。")


def _refuse_provider(provider: Provider) -> None:
    """The provider vouches for people: over an open line anybody on it could vouch for anybody."""
    if not provider.issuer:
        return
    if not provider.client_id:
        raise SettingRefused("设置了 GONGKAI_OIDC_ISSUER，还要设置 GONGKAI_OIDC_CLIENT_ID。")
    address = urlsplit(provider.issuer)
    loopback = address.hostname in ("127.0.0.1", "localhost", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and loopback):
        raise SettingRefused(
            "GONGKAI_OIDC_ISSUER 应以 https:// 开头：统一认证经明文传输，谁都可以冒充别人登录。"
        )


def _refuse_imprint(imprint: Imprint) -> None:
    if imprint.site_code and not re.fullmatch("[0-9]{10}", imprint.site_code):
        raise SettingRefused(
            f"GONGKAI_SITE_CODE 应是十位数字的政府网站标识码，实为“{imprint.site_code}”。"
        )
    if imprint.faults_url and urlsplit(imprint.faults_url).scheme != "https":
        raise SettingRefused("GONGKAI_FAULTS_URL 应以 https:// 开头。")


def _refuse_unknown_look(found: Environment) -> None:
    if found.look_default not in LOOKS:
        raise SettingRefused(
            f"GONGKAI_LOOK_DEFAULT 只能是 {'、'.join(LOOKS)} 之一，实为“{found.look_default}”。"
            "全国哀悼日用 grey，平时用 standard。"
        )


def _refuse_unsafe(found: Environment, *, debug: bool) -> None:
    if found.mode not in ("production", "demo"):
        raise SettingRefused("GONGKAI_MODE 只能是 production 或 demo。")
    _refuse_out_of_range(found)
    _refuse_provider(found.provider)
    _refuse_imprint(found.imprint)
    _refuse_unknown_look(found)
    if found.demo:
        return
    if debug:
        raise SettingRefused("正式运行不允许 DEBUG：出错页面会泄露个人信息。请去掉 DEBUG 变量。")
    for name, value in (
        ("GONGKAI_SECRET_KEY", found.secret_key),
        ("GONGKAI_IDENTITY_KEY", found.identity_key),
    ):
        if len(value) < 32 or value in (DEMO_SECRET, DEMO_IDENTITY_KEY):
            raise SettingRefused(
                f"正式运行需要自己的 {name}（至少 32 个字符，不可用演示密钥）。"
                "可用 python3 -c 'import secrets; print(secrets.token_urlsafe(48))' 生成，"
                f"写入文件后设置 {name}_FILE。"
            )
    if "*" in found.hosts:
        raise SettingRefused("GONGKAI_HOSTS 不允许用 *：请写出本站的域名。")
