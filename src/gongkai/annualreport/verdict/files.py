"""Which files are meant, and their bytes: a folder stands for every readable file below it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What a report comes in, also the old forms that are refused: the clerk must learn of those as well.
SUFFIXES = (
    *("", ".html", ".htm", ".mht", ".mhtml", ".docx", ".xlsx", ".pdf"),
    *(".json", ".txt", ".md", ".csv", ".tsv", ".doc", ".xls", ".wps", ".et", ".ofd", ".rtf"),
)
# A report is some tens of kilobytes; more than this is not one, and would only fill the memory.
LARGEST = 32 * 1024 * 1024
# Our own page begins with this, so that a verdict kept beside the reports is not taken for one.
SIGNATURE = b"<!doctype html>\n<!-- gongkai check -->"


@dataclass(frozen=True)
class Listing:
    """The files to be checked, in order, and how many were passed over as no documents."""

    files: tuple[Path, ...]
    passed_over: int


class FileRefused(Exception):
    """The bytes are not to be had; the message is a sentence for a clerk."""


def list_files(paths: Iterable[Path], *, leave: Collection[Path] = ()) -> Listing:
    """Return the files meant by `paths`, folders opened, except those in `leave`.

    A file that is named itself is always meant, whatever it is called.
    """
    files: list[Path] = []
    passed_over = 0
    left = {path.resolve() for path in leave}
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for file in _below(path):
            if file.resolve() in left or _is_ours(file):
                continue
            if file.suffix.lower() in SUFFIXES:
                files.append(file)
            else:
                passed_over += 1
    return Listing(tuple(files), passed_over)


def load(path: Path) -> bytes:
    """Return the bytes of a file. Raises `FileRefused`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise FileRefused("没有这个文件，请核对文件名和所在文件夹。") from error
    except PermissionError as error:
        raise FileRefused("没有读取这个文件的权限，请调整权限或复制到自己的文件夹。") from error
    except (OSError, ValueError) as error:
        raise FileRefused(f"文件读不出来（{error}），请核对文件名，或重新复制后再试。") from error
    if len(data) > LARGEST:
        raise FileRefused("文件超过 32 MB，不像一份年度报告；请只保留报告本身再检查。")
    return data


def shown(path: Path) -> str:
    """Return a path as it can be printed: a file name in GBK must not end the batch."""
    return str(path).encode("utf-8", "replace").decode()


def _below(folder: Path) -> Iterator[Path]:
    """Every regular file, in an order that does not depend on the disk."""
    found: list[Path] = []
    for top, folders, names in os.walk(folder):
        pages = {
            Path(name).stem for name in names if Path(name).suffix.lower() in {".html", ".htm"}
        }
        # A browser keeps the pictures and scripts of a saved page in a folder beside it.
        folders[:] = [name for name in folders if not _hidden(name) and not _beside(name, pages)]
        found += [Path(top) / name for name in names if not _hidden(name)]
    regular = (path for path in found if path.is_file())
    return iter(sorted(regular, key=lambda path: path.parts))


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _beside(name: str, pages: set[str]) -> bool:
    return any(
        name.endswith(ending) and name.removesuffix(ending) in pages
        for ending in ("_files", ".files")
    )


def _is_ours(path: Path) -> bool:
    if path.suffix.lower() != ".html":
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(SIGNATURE)) == SIGNATURE
    except OSError:
        return False
