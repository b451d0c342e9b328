"""The licence check refuses what would reach our own code, and what nobody has named."""

from __future__ import annotations

import pytest

from tools.licences import judge

NOTICE = "psycopg, psycopg-binary\n    LGPL\npikepdf\n    MPL-2.0\n"


@pytest.mark.parametrize(
    ("name", "stated", "refused"),
    [
        ("django", "BSD-3-Clause", None),
        ("pillow", "MIT-CMU", None),
        ("psycopg-binary", "LGPL-3.0-only", None),
        ("pikepdf", "MPL-2.0", None),
        ("certain", "MPL-2.0", "certain: MPL-2.0 must be named in NOTICE"),
        ("viewer", "AGPL-3.0-or-later", "viewer: AGPL-3.0-or-later would reach our own code"),
        (
            "old",
            "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
            "old: License :: OSI Approved :: GNU General Public License v3 (GPLv3) "
            "would reach our own code",
        ),
        ("silent", "", "silent: no licence that we know (it states none)"),
    ],
)
def test_licence_is_judged(name: str, stated: str, refused: str | None) -> None:
    """许可证：宽松的可用，弱著佐权须在 NOTICE 写明，会及于本软件的和不写的拒绝。"""
    assert judge(name, stated, NOTICE) == refused
