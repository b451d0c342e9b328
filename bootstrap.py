"""Prepares .venv from nothing but Python's standard library: ``python3 bootstrap.py run|test``.

Debian's python3 comes without pip and without the venv module, so this script fetches one pinned
program (uv), checks its SHA-256, and lets it build the environment from the hashed lists in
``requirements/``. One variable, GONGKAI_INDEX, moves every download to a mirror.
"""

from __future__ import annotations

import fcntl
import hashlib
import html.parser
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
UV = ROOT / ".tools" / "uv"
VENV = ROOT / ".venv"
UV_VERSION = "0.13.9"
UV_WHEELS = {
    "x86_64": (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}
PYTHON_MIN, PYTHON_END = (3, 11), (3, 15)
INDEX_VARIABLE = "GONGKAI_INDEX"
DEFAULT_INDEX = "https://pypi.org/simple"
LISTS = {"run": "server.txt", "test": "dev.txt"}
COVERED_BY = {"run": ("run", "test"), "test": ("test",)}  # what is installed for tests also runs
ATTEMPTS = 3
TIMEOUT_SECONDS = 60


class SetupError(Exception):
    """What happened, why, and what to do next, each in Chinese and English."""

    def __init__(self, what: str, why: str, then: str) -> None:
        super().__init__(f"\n出错了 Error：{what}\n原因   Why：  {why}\n怎么办 Next： {then}\n")


def main(argv: list[str]) -> int:
    """Prepare the environment named by ``argv[1]``; print nothing when it is ready already."""
    purpose = argv[1] if len(argv) == 2 else ""
    if purpose not in LISTS:
        sys.stderr.write("用法 usage：python3 bootstrap.py run|test\n")
        return 2
    try:
        prepare(purpose)
    except SetupError as error:
        sys.stderr.write(str(error))
        return 1
    except OSError as error:
        sys.stderr.write(str(_unwritable(error)))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断；再运行一次会接着做。 Interrupted; run again to go on.\n")
        return 130
    return 0


def prepare(purpose: str) -> None:
    """Make ``.venv`` hold what *purpose* needs. Raises ``SetupError``."""
    refuse_unsuitable_python(sys.version_info[:2])
    UV.parent.mkdir(exist_ok=True)
    with (UV.parent / "lock").open("w") as lock:
        # `make run` and `make test` started together would otherwise build the same folder.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_ready(purpose):
            return
        if installed_uv_version() != UV_VERSION:
            install_uv()
        build_environment(purpose)


def refuse_unsuitable_python(version: tuple[int, ...]) -> None:
    if PYTHON_MIN <= version < PYTHON_END:
        return
    have, least = ".".join(map(str, version)), ".".join(map(str, PYTHON_MIN))
    raise SetupError(
        f"Python 版本不合适（{have}）。 Unsuitable Python {have}.",
        f"需要 {least} 至 3.{PYTHON_END[1] - 1}。 Needs {least} to 3.{PYTHON_END[1] - 1}.",
        "请安装 Debian 12 或更新系统自带的 python3，或指定 make PYTHON=/路径/python3.11 …。"
        " Install it, or name one: make PYTHON=/path/to/python3.11 …",
    )


def is_ready(purpose: str) -> bool:
    return (VENV / "bin" / "python").exists() and any(
        _stamp(cover).is_file() and _stamp(cover).read_text(encoding="utf-8") == _fingerprint(cover)
        for cover in COVERED_BY[purpose]
    )


def installed_uv_version() -> str:
    """Return the version of ``.tools/uv``, or an empty string. A uv put there by hand is welcome."""
    try:
        answer = subprocess.run([UV, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return [*answer.stdout.split(), "", ""][1]


def install_uv() -> None:
    """Download the pinned uv, check it and put it in ``.tools`` in one step."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in UV_WHEELS:
        raise SetupError(
            f"没有适合这台机器（{sys.platform} {machine}）的 uv 校验值。"
            f" No pinned uv for {sys.platform} {machine}.",
            f"只登记了 Linux 上的 {'、'.join(UV_WHEELS)}。 Only these on Linux are pinned.",
            f"请自行取得 uv {UV_VERSION}，放到 {UV}，再运行一次。"
            f" Put uv {UV_VERSION} at {UV} and run again.",
        )
    name, expected = UV_WHEELS[machine]
    sys.stderr.write(f"下载 downloading uv {UV_VERSION} ← {_shown(index())}\n")
    wheel = download(_address_of(name))
    found = hashlib.sha256(wheel).hexdigest()
    if found != expected:
        raise SetupError(
            f"{name} 的校验值不符，已丢弃。 Checksum mismatch; discarded.",
            f"应为 expected {expected}，实为 found {found}：下载不完整或被改动。",
            f"请重试；仍不符就更换镜像（{INDEX_VARIABLE}=…）并告知维护者。"
            " Try again, then another mirror, and tell the maintainers.",
        )
    _write_program(wheel)


def _write_program(wheel: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        program = archive.read(f"uv-{UV_VERSION}.data/scripts/uv")
    # Renamed into place whole: an interrupted copy must never look like a program.
    with tempfile.NamedTemporaryFile(dir=UV.parent, delete=False) as target:
        target.write(program)
    Path(target.name).chmod(0o755)
    Path(target.name).replace(UV)


def _address_of(name: str) -> str:
    page = f"{index()}/uv/"
    body = download(page)
    links = _links(body, page)
    if name not in links:
        raise SetupError(
            f"镜像里没有 {name}。 The index does not offer it.",
            f"查找的地址 looked at：{_shown(page)}",
            f"换一个镜像再试 try another mirror：make {INDEX_VARIABLE}=https://…/simple …",
        )
    return links[name]


def _links(body: bytes, page: str) -> dict[str, str]:
    """Return file name → address from a PEP 691 (JSON) or PEP 503 (HTML) project page."""
    if body.lstrip()[:1] == b"{":
        return {
            file["filename"]: urllib.parse.urljoin(page, file["url"])
            for file in json.loads(body)["files"]
        }
    reader = _Anchors()
    reader.feed(body.decode("utf-8", "replace"))
    plain = [urllib.parse.urldefrag(urllib.parse.urljoin(page, link)).url for link in reader.links]
    return {urllib.parse.unquote(link.rsplit("/", 1)[-1]): link for link in plain}


class _Anchors(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value for key, value in attrs if key == "href" and value]


def download(address: str) -> bytes:
    """Return the body at *address*, trying a few times. Raises ``SetupError``."""
    request = urllib.request.Request(  # noqa: S310  # the index is the operator's own choice
        address,
        headers={"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.5, */*;q=0.1"},
    )
    reason = ""
    for _ in range(ATTEMPTS):
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310  # 〃
                body: bytes = answer.read()
                return body
        except (OSError, ValueError) as error:
            reason = str(error)
            if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                break
    raise _unreachable(address, reason)


def _unreachable(address: str, reason: str) -> SetupError:
    return SetupError(
        f"下载失败 Download failed：{_shown(address)}",
        reason,
        f"请检查网络、代理（https_proxy）和系统证书（ca-certificates）；或用国内镜像"
        f" or use a mirror：make {INDEX_VARIABLE}=https://pypi.tuna.tsinghua.edu.cn/simple …",
    )


def _unwritable(error: OSError) -> SetupError:
    return SetupError(
        f"无法读写 {error.filename or ROOT}。 Cannot read or write it.",
        str(error),
        f"请检查磁盘空间和目录权限（当前用户应能写 {ROOT}）。"
        f" Check free space and permissions of {ROOT}.",
    )


def build_environment(purpose: str) -> None:
    """Fill ``.venv`` from the hashed list; nothing is resolved and nothing is compiled."""
    for stamp in VENV.glob(".ready-*"):
        stamp.unlink()
    if not (VENV / "bin" / "python").exists():
        _uv("venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    # Syncing also removes what the list does not name: only right for the full list.
    verb = ["sync"] if purpose == "test" else ["install", "-r"]
    _uv(
        "pip", *verb, _list(purpose), "--require-hashes", "--only-binary", ":all:",
        "--default-index", index(), "--python", VENV,
    )  # fmt: skip
    # The build backend is part of uv itself, so the project is installed without the index.
    _uv("pip", "install", "--quiet", "--no-deps", "--no-index", "--python", VENV, "-e", ROOT)
    _stamp(purpose).write_text(_fingerprint(purpose), encoding="utf-8")


def _uv(*arguments: str | Path) -> None:
    command = [str(UV), *map(str, arguments), "--no-config", "--system-certs"]
    if subprocess.run(command, cwd=ROOT, env=_environment(), check=False).returncode != 0:
        raise SetupError(
            f"uv {arguments[0]} {arguments[1]} 没有完成（详见上文）。 It failed; see above.",
            "多为网络、镜像缺包或磁盘空间不足。 Network, an incomplete mirror, or disk space.",
            f"请处理后重试，或更换镜像 try again, or another mirror：make {INDEX_VARIABLE}=https://…/simple …",
        )


def _environment() -> dict[str, str]:
    # A stray UV_ setting (another index, an offline flag) must not decide what is installed here.
    kept = ("UV_CACHE_DIR", "UV_LINK_MODE", "UV_HTTP_TIMEOUT")
    found = {key: value for key, value in os.environ.items() if key[:3] != "UV_" or key in kept}
    found.pop("VIRTUAL_ENV", None)
    found["UV_PYTHON_DOWNLOADS"] = "never"
    found.setdefault("UV_HTTP_TIMEOUT", str(TIMEOUT_SECONDS * 2))
    if not os.access(Path.home(), os.W_OK):
        found.setdefault("UV_CACHE_DIR", str(ROOT / ".tools" / "cache"))
    return found


def index() -> str:
    """Return the package index: the mirror if one is set, without a closing slash."""
    return (os.environ.get(INDEX_VARIABLE) or DEFAULT_INDEX).rstrip("/")


def _shown(address: str) -> str:
    """An address fit for the screen: a mirror's password is nobody's business."""
    parts = urllib.parse.urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _list(purpose: str) -> Path:
    return ROOT / "requirements" / LISTS[purpose]


def _stamp(purpose: str) -> Path:
    return VENV / f".ready-{purpose}"


def _fingerprint(purpose: str) -> str:
    parts = (_list(purpose).read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    return hashlib.sha256(b"\0".join((*parts, os.fsencode(ROOT)))).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
