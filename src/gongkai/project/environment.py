"""What an operator sets, read once and checked: every variable is in docs/manual/settings.zh.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from environs import Env, EnvError

Mode = Literal["production", "demo"]
LOOKS = ("standard", "elder", "contrast", "grey")

DEMO_SECRET = "demo-only-this-key-is-public"  # noqa: S105  # public on purpose; production refuses it
DEMO_IDENTITY_KEY = "demo-only-identity-key-0000000000"


class SettingRefused(Exception):
    """A setting that would make this installation unsafe or unusable, with what to do about it."""


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
            look_default=env.str("GONGKAI_LOOK_DEFAULT", "standard"),
        )
    except EnvError as wrong:
        raise SettingRefused(
            f"环境变量有误：{wrong}。请对照 docs/manual/settings.zh.md 改正。"
        ) from wrong
    _refuse_unsafe(found, debug=env.bool("DEBUG", False))
    return found


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


def _refuse_out_of_range(found: Environment) -> None:
    for name, value, most in (
        ("GONGKAI_CHECK_FILES", found.check_files, 50),
        ("GONGKAI_CHECK_MEGABYTES", found.check_megabytes, 100),
        ("GONGKAI_CHECK_PER_HOUR", found.check_per_hour, 10_000),
    ):
        if not 1 <= value <= most:
            raise SettingRefused(f"{name} 应是 1 至 {most} 的整数，实为 {value}，请改正。")


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
