"""Files: whole on disk before the row commits, part of what is approved, found when they change."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import signal
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.documents import blobs
from gongkai.documents.actions import attach_file, close_edition, detach_file
from gongkai.documents.intake import FileRefused
from gongkai.documents.models import Attachment, AttachmentRole, Blob, Edition
from gongkai.documents.queries import altered_files, stray_files
from gongkai.documents.refusal import DocumentRefused
from gongkai.project.cli.ledger import file_faults
from gongkai.project.keeping.folder import kept_files
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import PDF, attach, draft

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""One pixel."""


def bomb() -> bytes:
    """A small package that unpacks to far too much."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("表.csv", b"0" * 50_000_000)
    return packed.getvalue()


HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA = tmp_path
    return tmp_path


def test_a_file_is_part_of_what_is_approved(cast: Cast, data: Path) -> None:
    """不变量一：附件的哈希、名称、说明都在规范字节里；文件只有本人可读，在数据目录的私有部分。"""
    edition = draft(cast)
    attachment = attach(edition, cast.chen)
    stored = Edition.objects.get(pk=edition.pk)
    place = data / "private" / "blobs" / HASH[:2] / HASH
    assert [one.plain() for one in stored.content.attachments] == [
        {
            "sha256": HASH,
            "size": len(PDF),
            "name": "附件.pdf",
            "role": "attachment",
            "label": "附件.pdf",
        }
    ]
    assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (PDF, 0o600)
    assert (attachment.blob.sha256, stored.revision) == (HASH, 1)
    assert [path.name for path in (data / "private" / "blobs").iterdir()] == [HASH[:2]]


def test_the_same_bytes_lie_on_disk_once(cast: Cast, data: Path) -> None:
    """同样的内容两个名字，一份文件一行 Blob。"""
    edition = draft(cast)
    attach(edition, cast.chen, "甲.pdf")
    attach(edition, cast.chen, "乙.pdf")
    assert (Blob.objects.count(), list(blobs.names_on_disk())) == (1, [HASH])
    with pytest.raises(DocumentRefused, match="已有名为“甲"):
        attach(edition, cast.chen, "甲.pdf")


def test_what_is_taken_off_leaves_a_row(cast: Cast) -> None:
    """不变量三：取下的附件不再属于文本，行还在；再取一次被拒；同名可以再上传。"""
    edition = draft(cast)
    attachment = attach(edition, cast.chen)
    detach_file(attachment, by=cast.chen)
    with pytest.raises(DocumentRefused, match="已经取下"):
        detach_file(Attachment.objects.get(), by=cast.chen)
    attach(edition, cast.chen)
    stored = Edition.objects.get(pk=edition.pk)
    assert ([one.name for one in stored.content.attachments], Attachment.objects.count()) == (
        ["附件.pdf"],
        2,
    )


def test_a_closed_edition_takes_no_file(cast: Cast) -> None:
    """不变量一：封存之后附件不增不减。"""
    edition = draft(cast)
    attachment = attach(edition, cast.chen)
    close_edition(edition, by=cast.chen)
    with pytest.raises(DocumentRefused, match="已经封存"):
        attach(edition, cast.chen, "又一个.pdf")
    with pytest.raises(DocumentRefused, match="已经封存"):
        detach_file(attachment, by=cast.chen)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("程序.exe", b"MZ", "这是可执行程序，不能上传"),
        ("假的.pdf", b"<html>", "这是网页或 XML 文件，不能作为附件上传"),
        ("../../.pdf", PDF, "文件名须有"),
        ("空.pdf", b"", "文件是空的"),
        ("炸弹.zip", bomb(), "大得不合理（可能是压缩炸弹）"),
        (f"{'长' * 200}.pdf", PDF, "文件名须有"),
    ],
)
def test_unfit_files_are_refused(name: str, content: bytes, words: str, cast: Cast) -> None:
    """类型、内容、名称不合的，说出为什么，磁盘上不留东西。"""
    edition = draft(cast)
    with pytest.raises(FileRefused, match=re.escape(words)):
        attach_file(edition, BytesIO(content), name=name, by=cast.chen)
    assert (Attachment.objects.count(), list(blobs.names_on_disk())) == (0, [])


def test_a_file_too_large_leaves_nothing(cast: Cast, settings: Settings) -> None:
    """超过上限的不收，半个文件也不留。"""
    settings.ATTACHMENT_MOST_BYTES = 1_000_000
    edition = draft(cast)
    with pytest.raises(DocumentRefused, match="文件超过 1 MB"):
        attach(edition, cast.chen, content=PDF + b"x" * 1_000_000)
    assert [one for one in blobs.folder().rglob("*") if one.is_file()] == []


def test_an_image_says_what_it_shows(cast: Cast) -> None:
    """GB/T 37668：图片须有说明；不是图片的不能当图片。"""
    edition = draft(cast)
    png = BytesIO(PICTURE)
    with pytest.raises(DocumentRefused, match="图片须写说明"):
        attach_file(edition, png, name="图.png", role=AttachmentRole.IMAGE, by=cast.chen)
    with pytest.raises(DocumentRefused, match="只有 PNG、JPEG、GIF、WebP"):
        attach_file(edition, BytesIO(PDF), name="图.pdf", role=AttachmentRole.IMAGE, by=cast.chen)


def test_a_full_disk_is_told_and_nothing_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """磁盘写满：一句中文，没有行，也没有残余文件。"""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    edition = draft(cast)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentRefused, match="附件没有增加"):
        attach(edition, cast.chen)
    monkeypatch.undo()
    assert (Attachment.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_file_changed_or_lost_on_disk_is_found(cast: Cast) -> None:
    """不变量八：改一个字节、删一个文件，ledger verify 指出是哪一个。"""
    edition = draft(cast)
    attach(edition, cast.chen)
    second = PDF + b"2"
    attach(edition, cast.chen, "乙.pdf", second)
    assert list(altered_files()) == []
    other = hashlib.sha256(second).hexdigest()
    blobs.path_of(HASH).write_bytes(PDF[:-1] + b"!")
    blobs.path_of(other).unlink()
    assert sorted(file_faults()) == sorted(
        [f"附件 {HASH}：磁盘上的内容与哈希不符", f"附件 {other}：磁盘上没有这个文件"]
    )


def test_a_file_without_a_row_is_found(cast: Cast) -> None:
    """写了文件、没有行（例如此刻断电）：查询找得到，台账不算坏；再传同一文件照常。"""
    edition = draft(cast)
    blobs.store([PDF])
    assert (list(stray_files()), list(file_faults())) == ([HASH], [])
    attach(edition, cast.chen)
    assert list(stray_files()) == []


def test_backup_takes_the_files(cast: Cast, data: Path) -> None:
    """备份包括附件：数据目录里私有的文件一个不漏。"""
    attach(draft(cast), cast.chen)
    kept = kept_files(data, database=None, out=data / "backups")
    assert [path.relative_to(data).as_posix() for path in kept] == [
        f"private/blobs/{HASH[:2]}/{HASH}"
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.configure(DATA=Path(sys.argv[1]))
from gongkai.documents import blobs
def chunks():
    yield b"%PDF-1.7 half"
    os.kill(os.getpid(), signal.SIGKILL)
blobs.store(chunks())
"""


def test_killed_while_writing_there_is_no_half_file(data: Path) -> None:
    """写到一半被杀：该哈希之下没有文件，只有一个不会被当成附件的残余。"""
    died = subprocess.run([sys.executable, "-c", KILLED, str(data)], check=False)
    left = [path.name for path in (data / "private").rglob("*") if path.is_file()]
    assert (died.returncode, list(blobs.names_on_disk())) == (-signal.SIGKILL, [])
    assert [name.startswith(".part-") for name in left] == [True]
