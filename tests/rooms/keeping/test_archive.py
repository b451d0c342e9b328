"""备份文件：要么完整出现，要么不出现；改动一个字节，说出是哪个文件。"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from gongkai.project.keeping import manifest as manifests
from gongkai.project.keeping.archive import read_archive, write_archive
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.manifest import Content, Head, Manifest

CONTENT = Content("sqlite", "3", [("a", "0001_x")], {"t": 2}, {}, {}, [Head("people", 2, "ab")])
FILES = {"database/gongkai.sqlite3": bytes(range(256)) * 40, "files/附件/说明.txt": "甲".encode()}
KINDS = ["a.tar.gz", "a.tar.zst", "a"]


def made(folder: Path, name: str, files: dict[str, bytes] = FILES) -> Path:
    if name.endswith("zst") and shutil.which("zstd") is None:
        pytest.skip("本机没有 zstd 程序")
    content = folder / "staged" / "content"
    for one, body in files.items():
        (content / one).parent.mkdir(parents=True, exist_ok=True)
        (content / one).write_bytes(body)
    members = [manifests.member(content / one, one) for one in sorted(files)]
    size = write_archive(
        content, Manifest(1, "0.1.0", "2025-01-20T08:00:00+08:00", CONTENT, members), folder / name
    )
    assert size > 0
    return folder / name


def unpacked(archive: Path, into: Path) -> dict[str, bytes]:
    read_archive(archive, into)
    paths = sorted(path for path in into.rglob("*") if path.is_file())
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", KINDS)
def test_what_goes_in_comes_out(tmp_path: Path, name: str) -> None:
    """三种写法，内容与清单逐字节相同。"""
    archive = made(tmp_path, name)
    assert unpacked(archive, tmp_path / "out") == FILES
    assert read_archive(archive, tmp_path / "again").content == CONTENT


def test_an_operator_can_check_a_folder_without_us(tmp_path: Path) -> None:
    """SHA256SUMS 是 sha256sum -c 的格式，清单和每个文件都在内。"""
    folder = made(tmp_path, "a")
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert lines == [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}"
        for name in ("manifest.json", *sorted(FILES))
    ]


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", *FILES])
def test_a_changed_byte_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """文件夹里任何一个文件改动一个字节：拒绝，并点出它（改清单的，由 SHA256SUMS 或格式揭穿）。"""
    folder = made(tmp_path, "a")
    body = bytearray((folder / name).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / name).write_bytes(body)
    expected = "manifest.json|SHA256SUMS" if name == "manifest.json" else name
    with pytest.raises(KeepingRefused, match=expected):
        read_archive(folder, tmp_path / "out")


@pytest.mark.parametrize("kind", ["a.tar.gz", "a.tar.zst"])
def test_no_flipped_byte_of_a_packed_file_gives_other_content(tmp_path: Path, kind: str) -> None:
    """打包文件逐段翻转一位：不是拒绝，就是（压缩格式里不用的位）内容逐字节一样；十有九是拒绝。"""
    archive = made(tmp_path, kind)
    whole = archive.read_bytes()
    outcomes = []
    for place in range(0, len(whole), 7):
        broken = bytearray(whole)
        broken[place] ^= 0x10
        archive.write_bytes(broken)
        try:
            found = unpacked(archive, tmp_path / f"out{place}")
        except KeepingRefused:
            outcomes.append("refused")
        else:
            assert found == FILES
            outcomes.append("same")
    assert outcomes.count("refused") >= 0.9 * len(outcomes)


@pytest.mark.parametrize("kind", ["a.tar.gz", "a.tar.zst"])
def test_a_cut_file_is_refused(tmp_path: Path, kind: str) -> None:
    """拷贝中断的文件，在哪里断开都拒绝。"""
    archive = made(tmp_path, kind)
    whole = archive.read_bytes()
    for size in (len(whole) - 1, len(whole) * 3 // 4, len(whole) // 3, 40):
        archive.write_bytes(whole[:size])
        with pytest.raises(KeepingRefused, match="不完整或被改动过"):
            read_archive(archive, tmp_path / f"out{size}")


def test_a_stranger_is_refused(tmp_path: Path) -> None:
    """清单之外的文件：拒绝，并点出它。"""
    folder = made(tmp_path, "a")
    (folder / "files" / "另一个.txt").write_bytes(b"?")
    with pytest.raises(KeepingRefused, match=r"files/另一个\.txt"):
        read_archive(folder, tmp_path / "out")


def test_a_missing_member_is_refused_by_name(tmp_path: Path) -> None:
    """缺了一个文件：点出缺的是哪个。"""
    folder = made(tmp_path, "a")
    (folder / "files" / "附件" / "说明.txt").unlink()
    with pytest.raises(KeepingRefused, match=r"files/附件/说明\.txt 与备份时不同（缺失）"):
        read_archive(folder, tmp_path / "out")


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "files/../../escaped"])
def test_a_name_cannot_lead_outside(tmp_path: Path, name: str) -> None:
    """做过手脚的名称不能写到别处去。"""
    found = Manifest(1, "0.1.0", "", CONTENT, [manifests.Member(name, 1, "0" * 64)])
    folder = tmp_path / "a"
    folder.mkdir()
    body = manifests.written(found)
    (folder / "manifest.json").write_bytes(body)
    (folder / "SHA256SUMS").write_bytes(manifests.sums(found, body))
    with pytest.raises(KeepingRefused, match="名称指向备份以外"):
        read_archive(folder, tmp_path / "deep" / "out")


def test_a_link_in_a_packed_file_is_refused(tmp_path: Path) -> None:
    """符号链接不是备份里会有的东西。"""
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        link = tarfile.TarInfo("manifest.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(KeepingRefused, match=r"manifest\.json 与备份时不同（不是普通文件）"):
        read_archive(tmp_path / "a.tar.gz", tmp_path / "out")


# Named, because the bytes of a gzip carry the second it was made: two workers would not agree.
@pytest.mark.parametrize(
    "body", [b"", b"hello world", gzip.compress(b"hello")], ids=["empty", "text", "gzip"]
)
def test_something_else_is_refused_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    """不是备份的文件。"""
    (tmp_path / "a.tar.gz").write_bytes(body)
    with pytest.raises(KeepingRefused, match="备份"):
        read_archive(tmp_path / "a.tar.gz", tmp_path / "out")


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    """已有的备份不会被覆盖，哪怕它是在写的过程中出现的。"""
    archive = made(tmp_path, name)
    before = unpacked(archive, tmp_path / "before")
    shutil.rmtree(tmp_path / "staged")
    with pytest.raises(KeepingRefused, match="已经存在，不会覆盖"):
        made(tmp_path, name, {"database/other": b"other"})
    assert unpacked(archive, tmp_path / "after") == before


@pytest.mark.parametrize("later", [{"program": "0.1.1"}, {"program": "1.0"}, {"format": 2}])
def test_a_newer_archive_is_refused(later: dict[str, object]) -> None:
    """较新版本生成的备份：拒绝，请先装新版本；哪怕清单里多了不认识的字段。"""
    body = json.dumps({"format": 1, "program": "0.1.0", "new": 1, **later}).encode()
    with pytest.raises(KeepingRefused, match="备份由较新的版本"):
        manifests.read(body)
