"""Many files as one archive, a ``.tar.gz``, a ``.tar.zst`` or a folder, that appears whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from gongkai.project.keeping import manifest as manifests
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Manifest, Member
from gongkai.project.keeping.staging import sync_tree

Entries = Generator[tuple[str, IO[bytes]], None, None]
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 64 << 20
_BROKEN = (zlib.error, gzip.BadGzipFile, EOFError, tarfile.TarError, UnicodeDecodeError)


def kind_of(path: Path) -> str:
    """Return ``gz``, ``zst`` or ``dir``. Raises ``KeepingRefused`` where zstd is missing."""
    name = path.name.lower()
    if name.endswith((".tar.gz", ".tgz")):
        return "gz"
    if not name.endswith(".tar.zst"):
        return "dir"
    if shutil.which("zstd") is None:
        raise KeepingRefused("本机没有 zstd 程序，用不了 .tar.zst：请安装 zstd，或者改用 .tar.gz。")
    return "zst"


def write_archive(content: Path, manifest: Manifest, out: Path) -> int:
    """Put the files of *content* and their manifest at *out*; return the archive's size in bytes.

    *content* is a folder in a staging folder beside *out*. Raises ``KeepingRefused`` when something
    came to be at *out* meanwhile.
    """
    body = manifests.written(manifest)
    (content / manifests.NAME).write_bytes(body)
    (content / manifests.SUMS).write_bytes(manifests.sums(manifest, body))
    if kind_of(out) == "dir":
        sync_tree(content)
        _rename(content, out)
        return sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    whole = content.parent / "archive"
    names = [manifests.NAME, manifests.SUMS, *(member.name for member in manifest.members)]
    whole.touch(mode=0o600)  # people's data: readable by who made it
    with whole.open("wb") as raw:
        with _packing(raw, kind_of(out)) as stream, _tar(stream, "w|") as tar:
            for name in names:
                _add(tar, content / name, name)
        raw.flush()
        os.fsync(raw.fileno())
    _link(whole, out)
    return out.stat().st_size


def read_archive(path: Path, into: Path) -> Manifest:
    """Unpack the archive at *path* into the empty folder *into*, every byte compared with its hash.

    Raises ``KeepingRefused`` naming the first member that is not what the manifest says.
    """
    with closing(_entries(path)) as entries:
        members = _Members(entries)
        body = members.expect(manifests.NAME)
        found = manifests.read(body)
        if members.expect(manifests.SUMS) != manifests.sums(found, body):
            raise _changed(manifests.SUMS, "与 manifest.json 不一致")
        for member in found.members:
            _unpack(members, member, into)
        extra = members.next()
        if extra is not None:
            raise _changed(extra[0], "不在 manifest.json 里")
    return found


class _Members:
    """The entries of an archive in order; a fault names the entry at which reading stopped."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._last = "文件头"

    def next(self) -> tuple[str, IO[bytes]] | None:
        try:
            found = next(self._entries, None)
        except _BROKEN as wrong:
            raise _changed(f"{self._last} 之后", str(wrong)) from wrong
        if found is not None:
            self._last = found[0]
        return found

    def open(self, name: str) -> IO[bytes]:
        found = self.next()
        if found is None or found[0] != name:
            raise _changed(name, "缺失" if found is None else f"所在的位置是 {found[0]}")
        return found[1]

    def expect(self, name: str) -> bytes:
        file = self.open(name)
        try:
            return file.read(_LARGEST_MANIFEST)
        except _BROKEN as wrong:
            raise _changed(name, str(wrong)) from wrong


def _unpack(members: _Members, member: Member, into: Path) -> None:
    if not _is_plain(member.name):
        raise _changed(member.name, "名称指向备份以外")
    target = into / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = members.open(member.name)
    hashed, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        try:
            while block := source.read(_BLOCK):
                hashed.update(block)
                size += len(block)
                file.write(block)
        except _BROKEN as wrong:
            raise _changed(member.name, str(wrong)) from wrong
    if (size, hashed.hexdigest()) != (member.bytes, member.sha256):
        raise _changed(member.name, f"应为 {member.bytes} 字节，实为 {size} 字节，哈希不符")


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\0" not in name


def _changed(name: str, why: str) -> KeepingRefused:
    return KeepingRefused(
        f"备份中的 {name} 与备份时不同（{why}）：文件不完整或被改动过，没有恢复任何内容。"
        "请换一份备份，或者重新拷贝后再试。"
    )


def _entries(path: Path) -> Entries:
    if path.is_dir():
        yield from _files(path)
        return
    with path.open("rb") as raw, _unpacking(raw) as stream:
        with _tar(stream, "r|") as tar:
            for entry in tar:
                file = tar.extractfile(entry) if entry.isreg() else None
                if file is None:
                    raise _changed(entry.name, "不是普通文件")
                yield entry.name, file
        while stream.read(_BLOCK):  # to the end: the checksum of a .gz is its last word
            pass


def _files(folder: Path) -> Entries:
    first = (manifests.NAME, manifests.SUMS)
    every = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in (*first, *sorted(name for name in every if name not in first)):
        if (folder / name).is_file() and not (folder / name).is_symlink():
            with (folder / name).open("rb") as file:
                yield name, file


@contextmanager
def _packing(raw: IO[bytes], kind: str) -> Iterator[IO[bytes]]:
    if kind == "gz":
        with gzip.GzipFile("", "wb", 6, raw, 0) as stream:
            yield stream  # type: ignore[misc]  # a GzipFile is a binary file in all but name
        return
    with subprocess.Popen(["zstd", "-q", "-c", "-3"], stdin=subprocess.PIPE, stdout=raw) as packer:  # noqa: S607  # the operator's PATH
        assert packer.stdin is not None  # noqa: S101  # asked for one line above
        with closing(packer.stdin) as stream:
            yield stream
    if packer.returncode != 0:
        raise OSError(packer.returncode, "zstd 没有写完（磁盘可能已满）")


@contextmanager
def _unpacking(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    start = os.pread(raw.fileno(), 4, 0)  # leaves the place from which a program will read
    if start[:2] == b"\x1f\x8b":
        with gzip.GzipFile("", "rb", fileobj=raw) as stream:
            yield stream  # type: ignore[misc]  # 〃
    elif start == b"\x28\xb5\x2f\xfd":
        kind_of(Path("x.tar.zst"))
        command = ["zstd", "-dcq"]
        with subprocess.Popen(  # noqa: S603  # 〃
            command, stdin=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as unpacker:
            assert unpacker.stdout is not None  # noqa: S101  # 〃
            yield unpacker.stdout
            unpacker.stdout.close()
        if unpacker.returncode != 0:
            raise EOFError("zstd 校验不符")
    else:
        raise KeepingRefused(
            "这个文件不是 gongkai backup 生成的备份（.tar.gz、.tar.zst 或文件夹）。"
        )


def _tar(stream: IO[bytes], mode: str) -> tarfile.TarFile:
    # One block at a time: a reader must not run ahead of the member it is hashing.
    return tarfile.open(fileobj=stream, mode=mode, format=tarfile.PAX_FORMAT)  # type: ignore[call-overload, no-any-return]  # the mode is one of two streams


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        tar.addfile(entry, file)


def _link(whole: Path, out: Path) -> None:
    # A link never replaces what is there; a disk that has none (FAT) gets a renamed file.
    try:
        os.link(whole, out)
    except FileExistsError as taken:
        raise already(out) from taken
    except OSError:
        _rename(whole, out)
    _sync(out.parent)


def _rename(ready: Path, out: Path) -> None:
    if out.exists():
        raise already(out)
    ready.rename(out)
    _sync(out.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def already(out: Path) -> KeepingRefused:
    """Return the refusal to overwrite *out*."""
    return KeepingRefused(f"{out} 已经存在，不会覆盖。请换一个文件名，例如加上日期。")
