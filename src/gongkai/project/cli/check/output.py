"""Where verdicts go: the screen or a file, in one of three formats; progress goes to stderr alone."""

from __future__ import annotations

import importlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from gongkai.annualreport.verdict.files import shown
from gongkai.annualreport.verdict.plain import write_line
from gongkai.annualreport.verdict.text import TableRow, row_of, write_block, write_table, write_text
from gongkai.annualreport.verdict.verdict import CLEAN, Verdict
from gongkai.project.cli.errors import CommandError

_EVERY = 0.1  # seconds between two states of the progress line


class Writer(Protocol):
    """Turns verdicts into text as they come, and says what remains at the end."""

    def one(self, verdict: Verdict) -> str: ...

    def closing(self) -> str: ...


class TextWriter:
    """A block a file; among many, a closing table."""

    def __init__(self, *, many: bool) -> None:
        self._many = many
        self._rows: list[TableRow] = []

    def one(self, verdict: Verdict) -> str:
        if not self._many:
            return write_text(verdict)
        self._rows.append(row_of(verdict))
        return write_block(verdict)

    def closing(self) -> str:
        return write_table(self._rows) if self._many else ""


class JsonWriter:
    """A line a file, nothing else."""

    def __init__(self, *, many: bool) -> None:
        self._many = many

    def one(self, verdict: Verdict) -> str:
        return write_line(verdict)

    def closing(self) -> str:
        return ""


class HtmlWriter:
    """One page, whose summary comes first and so has to wait for the last file."""

    def __init__(self, *, many: bool) -> None:
        self._many = many
        self._verdicts: list[Verdict] = []

    def one(self, verdict: Verdict) -> str:
        self._verdicts.append(verdict)
        return ""

    def closing(self) -> str:
        page = importlib.import_module("gongkai.annualreport.verdict.html")
        return str(page.write_page(self._verdicts))


WRITERS: Mapping[str, Callable[..., Writer]] = {
    "text": TextWriter,
    "jsonl": JsonWriter,
    "html": HtmlWriter,
}


class Tally:
    """How the batch went."""

    def __init__(self, files: int, passed_over: int) -> None:
        self.done = 0
        self.exit_code = CLEAN
        self._files = files
        self._passed_over = passed_over
        self._codes = [0, 0, 0]
        self._started = time.monotonic()

    def add(self, verdict: Verdict) -> None:
        """Count one more file."""
        self.done += 1
        self._codes[verdict.exit_code] += 1
        self.exit_code = max(self.exit_code, verdict.exit_code)

    def sentence(self) -> str:
        """Return the summary line for stderr."""
        clean, faulty, unreadable = self._codes
        over = f"另有 {self._passed_over} 个其他文件没有检查。" if self._passed_over else ""
        return (
            f"共检查 {self._files} 份：{clean} 份没有必须改正的问题，{faulty} 份有必须改正的问题，"
            f"{unreadable} 份无法检查；用时 {time.monotonic() - self._started:.1f} 秒。{over}\n"
        )


class Progress:
    """A line on stderr that keeps changing; nothing where stderr is no terminal."""

    def __init__(self, files: int, *, shown: bool) -> None:
        self._files = files
        self._shown = shown and sys.stderr.isatty()
        self._last = 0.0

    def show(self, done: int) -> None:
        """Say how far it is, not more often than an eye can follow."""
        now = time.monotonic()
        if self._shown and now - self._last >= _EVERY:
            self._last = now
            sys.stderr.write(f"\r正在检查：{done}/{self._files} 份")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def opened(path: Path | None, *, utf8: bool) -> Iterator[TextIO]:
    """Offer the screen, or a file that appears whole or not at all. Raises `CommandError`."""
    if path is None:
        # What a program or a browser reads is UTF-8, whatever the terminal is.
        if utf8 and isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise CommandError(
            f"{shown(path)}：结论写不进去（{error.strerror or error}），请核对文件夹、权限和磁盘空间。"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
