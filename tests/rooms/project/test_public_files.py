"""公开目录的文件：有文件就直接给文件，类型、缓存都对；目录、隐藏文件、目录之外的一概不给。"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.project.public_files import open_public, type_of

SECRET = "数据目录里的东西，不可外传"


@pytest.fixture
def public(tmp_path: Path, settings: Settings) -> Path:
    """A public folder with something beside it that must not leave."""
    folder = tmp_path / "data" / "public"
    (folder / "digest").mkdir(parents=True)
    (tmp_path / "data" / "secret.txt").write_text(SECRET)
    settings.PUBLIC = folder
    return folder


def body(client: Client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # only a streaming one has it
    return answer.status_code, content


@pytest.mark.django_db
def test_a_file_is_served_before_anything_is_asked(
    public: Path, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """文件在前：不查数据库，内容一字不差，头部齐全；同一文件再问答 304。"""
    (public / "digest" / "2024-11-26.txt").write_text("链头\n")
    with django_assert_num_queries(0):
        answer = client.get("/digest/2024-11-26.txt")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is a streaming one
    assert content.decode() == "链头\n"
    kept = {name: answer[name] for name in ("Content-Type", "Content-Length", "Cache-Control")}
    assert kept == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "7",
        "Cache-Control": "no-cache",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    for header in (
        {"if-none-match": answer["ETag"]},
        {"if-modified-since": answer["Last-Modified"]},
    ):
        again = client.get("/digest/2024-11-26.txt", headers=header)
        assert (again.status_code, again.content) == (304, b"")
    head = client.head("/digest/2024-11-26.txt")
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", "7")


@pytest.mark.django_db
def test_without_the_file_the_page_answers(public: Path, client: Client) -> None:
    """没有文件：照旧由程序回答。"""
    assert body(client, "/digest/2024-11-26.txt")[1].startswith("# 公开 审计链头".encode())


@pytest.mark.django_db
def test_a_folder_answers_with_its_index_and_never_with_a_list(
    public: Path, client: Client
) -> None:
    """目录：有 index.html 给它，没有就是 404，从不列出里面有什么。"""
    assert client.get("/digest/").status_code == 404
    assert client.get("/digest").status_code == 404
    (public / "digest" / "index.html").write_text("<p>目录</p>")
    assert body(client, "/digest/") == (200, "<p>目录</p>".encode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/digest/../../secret.txt",
        "/digest/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..\\secret.txt",
        "/digest//../../secret.txt",
        "/link.txt",
        "/folder/secret.txt",
        "/.hidden",
        "/.git/config",
        "/digest/.2024.part",
        "/a\x00b",
        "/" + "a" * 5_000,
        "/pipe",
    ],
)
def test_nothing_else_leaves(public: Path, client: Client, address: str) -> None:
    """上级目录、符号链接、隐藏文件、管道、超长和带空字符的地址：都不给。"""
    (public / "link.txt").symlink_to(public.parent / "secret.txt")
    (public / "folder").symlink_to(public.parent)
    (public / ".hidden").write_text(SECRET)
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text(SECRET)
    (public / "digest" / ".2024.part").write_text(SECRET)
    os.mkfifo(public / "pipe")
    status, content = body(client, address)
    assert status == 404
    assert SECRET.encode() not in content


@pytest.mark.parametrize("address", ["//secret.txt", "", "/", "//", "/./a.txt", "/a.txt/"])
def test_an_address_is_plain_names(public: Path, address: str) -> None:
    """空的一段、“.”一段都不是文件的地址。"""
    (public / "a.txt").write_text("公开")
    (public / "secret.txt").write_text(SECRET)
    assert open_public(public, address) is None


@pytest.mark.django_db
def test_a_file_never_stands_in_front_of_the_desk(public: Path, client: Client) -> None:
    """公开目录里放了 desk/ 也挡不住登录页和样式。"""
    (public / "desk" / "sign-in").mkdir(parents=True)
    (public / "desk" / "sign-in" / "index.html").write_text(SECRET)
    assert SECRET not in client.get("/desk/sign-in/").content.decode()


@pytest.mark.django_db
def test_only_reading_is_answered_with_a_file(public: Path, client: Client) -> None:
    """提交不由文件回答。"""
    (public / "index.html").write_text("<p>首页</p>")
    assert body(client, "/") == (200, "<p>首页</p>".encode())
    assert client.post("/").status_code == 405


def test_types_do_not_depend_on_the_machine() -> None:
    """类型由程序自带的表决定；不认识的按字节流下载。"""
    names = ("a.html", "a.json", "a.pdf", "a.docx", "a.svg", "a.ofd", "a.txt.gz", "a.unknown", "a")
    assert {name: type_of(name) for name in names} == {
        "a.html": "text/html; charset=utf-8",
        "a.json": "application/json; charset=utf-8",
        "a.pdf": "application/pdf",
        "a.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a.svg": "image/svg+xml",
        "a.ofd": "application/ofd",
        "a.txt.gz": "application/octet-stream",
        "a.unknown": "application/octet-stream",
        "a": "application/octet-stream",
    }
