"""``GONGKAI_MAIL_URL`` → Django's mail settings."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.project.environment import SettingRefused

_WAY = "写法：smtp://用户名@主机:587?tls=1，或 smtps://用户名@主机:465；口令放在 GONGKAI_MAIL_PASSWORD_FILE 指定的文件里。"
_BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True)
class MailSettings:
    """What Django's mail backend is told. *tls*: STARTTLS after connecting; *ssl*: from the first byte."""

    backend: str = f"{_BACKENDS}.dummy.EmailBackend"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail_from_url(url: str, password: str) -> MailSettings:
    """Return the settings for *url*; an empty one sends nothing. Raises ``SettingRefused``."""
    if not url:
        return MailSettings()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise SettingRefused(f"GONGKAI_MAIL_URL 的端口不对。{_WAY}") from wrong
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingRefused(f"GONGKAI_MAIL_URL 只支持 smtp:// 和 smtps://，并要写出主机。{_WAY}")
    ssl = parts.scheme == "smtps"
    tls = not ssl and parse_qs(parts.query).get("tls", ["0"])[-1] in ("1", "true")
    return MailSettings(
        backend=f"{_BACKENDS}.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if ssl else 587 if tls else 25),
        user=unquote(parts.username or ""),
        password=password or unquote(parts.password or ""),
        tls=tls,
        ssl=ssl,
    )
