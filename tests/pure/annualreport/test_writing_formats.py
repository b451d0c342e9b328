"""The registry of forms: each writes what it says, and loads its libraries only when asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.annualreport.model import to_json
from gongkai.annualreport.writing.formats import WRITERS, WriterUnknownError, write
from gongkai.annualreport.writing.html import write_html_page
from gongkai.annualreport.writing.text import write_text
from tests.pure.annualreport.reports import clean

BEGINNINGS = {
    "html": b"<!doctype html>",
    "docx": b"PK\x03\x04",
    "pdf": b"%PDF-1.7",
    "xlsx": b"PK\x03\x04",
    "json": b"{",
    "text": "青禾县人民政府2024年".encode(),
}


def test_every_form_is_what_its_name_says() -> None:
    """六种格式都写得出，文件头各是各的。"""
    made = {name: write(clean(), name) for name in WRITERS}
    assert {n: data[: len(BEGINNINGS[n])] for n, data in made.items()} == BEGINNINGS
    assert made["json"] == to_json(clean())
    assert made["text"].decode() == write_text(clean())
    assert made["html"].decode() == write_html_page(clean())


def test_every_form_has_its_ending_and_media_type() -> None:
    """扩展名与媒体类型。"""
    assert {name: one.suffix for name, one in WRITERS.items()} == {
        **{name: f".{name}" for name in ("html", "docx", "pdf", "xlsx", "json")},
        "text": ".txt",
    }
    assert WRITERS["pdf"].media_type == "application/pdf"
    assert WRITERS["docx"].media_type.endswith("wordprocessingml.document")


def test_unknown_form_is_refused_with_the_choice() -> None:
    """不认识的格式：说明可选哪些。"""
    with pytest.raises(WriterUnknownError, match=r"“odt”.*html、docx、pdf、xlsx、json、text"):
        write(clean(), "odt")


def test_registry_loads_no_library_of_any_form() -> None:
    """只列出格式时不加载 docx、openpyxl、typst、pikepdf（启动要快）。"""
    heavy = ("docx", "openpyxl", "typst", "pikepdf", "lxml")
    program = (
        "import sys, gongkai.annualreport.writing.formats;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert run.stdout.strip() == "[]"
