"""Put style sheets, scripts and pictures where a web server in front can read them by itself."""

from __future__ import annotations

import os
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders

_FOLDER, _FILE = 0o755, 0o644
"""Anybody may read them: they are what everybody's browser is given."""


def put_out(root: Path) -> None:
    """Write every static file below *root*, each in one step; what is alike is left alone.

    Raises ``OSError`` when the folder cannot be written.
    """
    _open_folder(root)
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as source:
                _write(root, Path(name), source.read())


def _write(root: Path, name: Path, body: bytes) -> None:
    for part in reversed(name.parents[:-1]):
        _open_folder(root / part)
    target = root / name
    if target.is_file() and target.read_bytes() == body:
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.write_bytes(body)
    fresh.chmod(_FILE)
    fresh.replace(target)


def _open_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(_FOLDER)
