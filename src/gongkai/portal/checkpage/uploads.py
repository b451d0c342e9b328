"""Uploaded files held in memory, within limits, and never on a disk."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

# Up to so many times the limit is still read to its end, so that the browser gets to see our answer;
# a longer one is cut off.
_DRAINED = 4
# What a form needs beside its files: names, boundaries, the token.
_FORM = 64 * 1024


class MemoryOnly(FileUploadHandler):
    """Keeps every file in memory; `refused` says why, once a limit was passed."""

    def __init__(self, request: HttpRequest, *, most_files: int, most_bytes: int) -> None:
        super().__init__(request)
        self.refused = ""
        self._most_files = most_files
        self._most_bytes = most_bytes
        self._files = 0
        self._taken = 0
        self._buffer = io.BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file. Raises `SkipFile` for one too many."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # Django's own six arguments
        self._files += 1
        self._buffer = io.BytesIO()
        if self._files > self._most_files + 1:  # one more may be last year's
            self.refused = too_many(self._most_files)
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece. Raises `StopUpload` when all files together are too much."""
        self._taken += len(raw_data)
        if self._taken > self._most_bytes:
            self.refused = too_large(self._most_bytes)
            self._buffer = io.BytesIO()
            raise StopUpload(connection_reset=False)
        self._buffer.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """Return the file as the form sees it."""
        self._buffer.seek(0)
        return InMemoryUploadedFile(
            self._buffer,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )


def far_too_large(request: HttpRequest, most_bytes: int) -> bool:
    """Whether a request announces more than is worth reading even to refuse it politely."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced) > _DRAINED * most_bytes + _FORM


def too_many(most_files: int) -> str:
    """The refusal of too many files."""
    return f"一次最多检查 {most_files} 份报告；请分几次提交。"


def too_large(most_bytes: int) -> str:
    """The refusal of too many bytes."""
    return (
        f"这些文件加起来超过 {most_bytes // 1_000_000} MB；请分几次提交，或者只保留报告本身再提交。"
    )
