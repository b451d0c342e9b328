"""gongkai purge：先列清单，凭清单编号确认；磁盘上不再有那些密文。"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation, copied_installation

pytestmark = pytest.mark.slow

ENDED = """
import django; django.setup()
from datetime import date
from tests.rooms.cast import make_cast
from tests.rooms.portal.scene import grant, request
from gongkai.foi.models import Applicant
cast = make_cast()
for n in (1, 2):
    grant(cast, request(cast, cast.grain, n, date(2001, 3, 5 + n)), date(2001, 3, 20))
for one in Applicant.objects.all():
    print(bytes(one.ciphertext).hex())
"""


def on_disk(county: Installation) -> bytes:
    """Return the bytes of SQLite's files; PostgreSQL clears its own when it vacuums."""
    files = [path for path in county.data.iterdir() if ".sqlite3" in path.name]
    return b"".join(path.read_bytes() for path in files)


def test_listed_confirmed_destroyed(migrated: Installation, tmp_path: Path) -> None:
    """只列清单不改动；编号不对、没写由谁决定都拒绝；确认后数据库文件里找不到原密文。"""
    with copied_installation(tmp_path / "county", migrated) as county:
        entered = county.python(ENDED)
        assert entered.returncode == 0, entered.stderr
        sealed = [bytes.fromhex(line) for line in entered.stdout.split()]

        assert not county.is_sqlite or all(one in on_disk(county) for one in sealed)

        listed = county.gongkai("purge", "--dry-run")
        assert listed.returncode == 0, listed.stderr
        assert "  T00000003 2001-0001\n  T00000003 2001-0002\n" in listed.stdout
        found = re.search(r"清单编号 ([0-9a-f]{16})", listed.stdout)
        assert found is not None

        nobody = county.gongkai("purge", "--confirm", found[1])
        assert (nobody.returncode, "--by" in nobody.stderr) == (2, True)
        wrong = county.gongkai("purge", "--confirm", "0" * 16, "--by", "T002")
        assert (wrong.returncode, "没有销毁任何内容" in wrong.stderr) == (1, True)

        done = county.gongkai("purge", "--confirm", found[1], "--by", "T002")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("已销毁 2 人的身份信息，涉及案件 2 件；案件和报告数字不变。")
        again = county.gongkai("purge", "--confirm", found[1], "--by", "T002")
        assert (again.returncode, "没有超过保存期限" in again.stderr) == (1, True)
        for verb in (("audit", "verify"), ("ledger", "verify"), ("keys", "check")):
            assert county.gongkai(*verb).returncode == 0
        assert not [one for one in sealed if one in on_disk(county)]
