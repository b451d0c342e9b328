"""Files of the public folder at the site's own addresses: a published page is a file, read without a database.

With nginx in front the same folder is its root, and a request for a file never arrives here.
"""

from __future__ import annotations

import mimetypes
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

Answer = Callable[[HttpRequest], HttpResponseBase]

NEVER_FILES = ("desk", "static")
"""A file here may not stand in front of the staff's pages or the program's own style sheets."""

_INDEX = "index.html"
_TYPES = (
    mimetypes.MimeTypes()
)  # the packaged table: what a machine's mime.types says does not matter
for _type, _ending in (
    ("application/ofd", ".ofd"),
    ("application/json", ".json"),
    ("text/javascript", ".js"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
):
    _TYPES.add_type(_type, _ending)


def public_files(answer: Answer) -> Answer:
    """Answer with the file at the address when there is one, else let *answer* do it."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            found = open_public(Path(settings.PUBLIC), request.path_info)
            if found is not None:
                return _served(request, *found)
        return answer(request)

    return answered


def open_public(folder: Path, address: str) -> tuple[BinaryIO, str] | None:
    """Open the ordinary file of *folder* at *address*; return it with its name.

    None for everything else: what is hidden, a folder, a way out.
    """
    names = address.removeprefix("/").split("/")
    if names[-1] == "":
        names[-1] = _INDEX
    if names[0] in NEVER_FILES or any(_is_hidden(name) for name in names):
        return None
    try:
        path = folder.joinpath(*names).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            return None  # a link that leads out of the folder
        # Opened without waiting: a pipe that nobody writes to must not hold a worker.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb"), path.name


def _is_hidden(name: str) -> bool:
    """Whether *name* may not be part of an address: empty, beginning with a dot, or no plain name."""
    return not name or name.startswith(".") or "\\" in name or "\0" in name


def _served(request: HttpRequest, file: BinaryIO, name: str) -> HttpResponseBase:
    found = os.fstat(file.fileno())
    etag = quote_etag(f"{found.st_mtime_ns:x}-{found.st_size:x}")
    same = get_conditional_response(
        request, etag=etag, last_modified=int(found.st_mtime), response=None
    )
    response: HttpResponseBase
    if same is not None:
        file.close()
        response = same
    elif request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=type_of(name))
        response["Content-Length"] = str(found.st_size)
    else:
        response = FileResponse(file, content_type=type_of(name))
        response["Content-Length"] = str(found.st_size)
    response["ETag"], response["Last-Modified"] = etag, http_date(found.st_mtime)
    response["Cache-Control"] = (
        "no-cache"  # kept, and asked about each time: a withdrawal shows at once
    )
    return response


def type_of(name: str) -> str:
    """Return the content type of a file called *name*; what is unknown is handed over as bytes."""
    found, packed = _TYPES.guess_type(name)
    if found is None or packed:
        return "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or "json" in found else found
