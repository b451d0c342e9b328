"""Killed or out of disk while a decision is signed or its service entered: all of it or nothing, and again at once."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.keeping.installation import (
    Installation,
    copied_installation,
    empty_installation,
)

pytestmark = pytest.mark.slow

_OFFICE = """
import django; django.setup()
from tests.rooms.cast import make_cast
from tests.rooms.foi.test_steps import DAY, GIVEN, make_office
from gongkai.foi.handling.actions import signing
office = make_office(make_cast())
draft = signing.draft_reply(office.case, result="granted", facts={**GIVEN, "service_way": "post"}, on=DAY, by=office.officer)
signing.sign_secrecy(office.case, sha256=draft.sha256, on=DAY, by=office.secrecy)
signing.sign_legality(office.case, sha256=draft.sha256, on=DAY, by=office.legality)
"""
_WHO = """
import os, signal
import django; django.setup()
from datetime import date
from gongkai.files.kinds import Kind
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions import signing
from gongkai.foi.models import Case
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.serving.actions import recording
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, ServiceAttempt, What
from gongkai.law.service import Means
from gongkai.people.models import Person
from tests.pure.files.made import pdf
from tests.rooms.foi.test_steps import DAY
case = Case.objects.select_related("agency", "applicant").get()
def die(*_, **__):
    print("in the middle", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
def sign():
    sha = case.drafts.get(state="open").sha256
    signing.sign_reply(case, sha256=sha, on=DAY, by=Person.objects.get(staff_no="T004"))
def serve():
    attempt = ServiceAttempt.objects.select_related("case__agency").get()
    slip = recording.Slip("送达回证，编号 7", "某人（本人）", Inspected("回证.pdf", Kind.PDF, pdf("x")))
    recording.record_result(attempt, result=Result.DELIVERED, slip=slip, on=DAY, by=Person.objects.get(staff_no="T003"))
def hand_over():
    send(case, Sending(What.DECISION, Means.HANDED), on=DAY, by=Person.objects.get(staff_no="T003"))
"""
_LEFT = """
import json
import django; django.setup()
from gongkai.audit.models import Event
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case, CaseEvent
from gongkai.foi.handling.models import Signature
from gongkai.foi.serving.models import ServiceAttempt, ServicePaper
from gongkai.rulebook.queries import gaps
case = Case.objects.get()
print(json.dumps({
    "state": case.state,
    "numbers": list(IssuedLetter.objects.values_list("number", flat=True)),
    "signatures": Signature.objects.count(),
    "events": list(CaseEvent.objects.order_by("pk").values_list("kind", flat=True)),
    "log": Event.objects.count(),
    "attempts": list(ServiceAttempt.objects.values_list("result", flat=True)),
    "papers": ServicePaper.objects.count(),
    "gaps": len(list(gaps())),
}))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A case that only the head has still to sign; to be copied and never used itself."""
    with empty_installation(tmp_path_factory.mktemp("office") / "county") as place:
        place.data.mkdir(mode=0o700)
        assert place.gongkai("migrate").returncode == 0
        made = place.python(_OFFICE)
        assert (made.returncode, made.stderr) == (0, "")
        yield place


@pytest.fixture
def place(office: Installation, tmp_path: Path) -> Iterator[Installation]:
    with copied_installation(tmp_path / "county", office) as place:
        yield place


def left(place: Installation) -> dict[str, Any]:
    found = place.python(_LEFT)
    assert found.returncode == 0, found.stderr
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def sound(place: Installation) -> None:
    """Every chain holds and every case is what its events say."""
    assert place.gongkai("audit", "verify").returncode == 0
    assert place.gongkai("ledger", "verify").stdout == "台账与来源一致。\n"


def done(place: Installation, script: str) -> None:
    finished = place.python(_WHO + script)
    assert finished.returncode == 0, finished.stderr


def killed(place: Installation, script: str) -> None:
    ended = place.python(_WHO + script)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "in the middle\n"), ended.stderr


def test_a_signature_killed_after_its_letter_leaves_nothing(place: Installation) -> None:
    """断电于签发途中，文号已取、文书已写而未提交：什么也没有留下；再签，文号是第 1 号，没有缺号。"""
    before = left(place)
    killed(place, "signing.close_case = die\nsign()\n")
    assert left(place) == before
    assert (before["state"], before["numbers"], before["signatures"]) == ("signing", [], 2)
    sound(place)
    done(place, "sign()\n")
    after = left(place)
    (number,) = after["numbers"]
    assert (after["state"], after["signatures"], after["gaps"]) == ("decided", 3, 0)
    assert number.endswith("〔2024〕1号")
    sound(place)


def test_a_service_killed_before_its_proof_is_kept_leaves_nothing(place: Installation) -> None:
    """断电于登记送达途中，结果和送达事件已写、凭证还没有：案件仍未送达；再登记，结果、事件、两份凭证都在。"""
    done(place, "sign()\nhand_over()\n")
    before = left(place)
    killed(place, "recording._keep = die\nserve()\n")
    assert left(place) == before
    assert (before["state"], before["attempts"], before["papers"]) == ("decided", ["waiting"], 0)
    sound(place)
    done(place, "serve()\n")
    after = left(place)
    assert (after["state"], after["attempts"], after["papers"]) == ("served", ["delivered"], 2)
    assert after["events"] == [*before["events"], "served"]
    sound(place)


def test_a_full_disk_while_signing_leaves_nothing(place: Installation) -> None:
    """磁盘写满于签发途中：没有签，没有文书，没有取号；腾出空间后照常签发。"""
    if not place.is_sqlite:
        pytest.skip("PostgreSQL 的磁盘属于数据库服务，不属于本程序")
    before = left(place)
    full = place.python(_WHO + _FULL)
    assert (full.returncode, full.stdout) == (0, "OperationalError\n"), full.stderr
    assert left(place) == before
    sound(place)
    done(place, "sign()\n")
    assert (left(place)["state"], left(place)["gaps"]) == ("decided", 0)


def test_a_full_disk_while_the_scan_of_a_service_is_kept_leaves_nothing(
    place: Installation,
) -> None:
    """磁盘写满于存送达凭证的扫描件：结果、送达事件、凭证都没有，仍在等结果；腾出空间后照常登记，扫描件完整。"""
    if not place.is_sqlite:
        pytest.skip("PostgreSQL 的磁盘属于数据库服务，不属于本程序")
    done(place, "sign()\nhand_over()\n")
    before = left(place)
    full = place.python(_WHO + _FULL_OF_A_SCAN)
    assert (full.returncode, full.stdout) == (0, "keeping the scan\nOperationalError True\n"), (
        full.stderr
    )
    assert left(place) == before
    assert (before["state"], before["attempts"], before["papers"]) == ("decided", ["waiting"], 0)
    sound(place)
    done(place, "serve()\n")
    after = left(place)
    assert (after["state"], after["attempts"], after["papers"]) == ("served", ["delivered"], 2)
    sound(place)


_FULL_OF_A_SCAN = """
import resource
from pathlib import Path
from django.conf import settings
from django.db import DatabaseError
from gongkai.project.full_disk import is_full
keep = recording._keep
def full(attempt, slip):
    print("keeping the scan", flush=True)
    files = Path(settings.DATABASES["default"]["NAME"]).parent.glob("*")
    room = max(one.stat().st_size for one in files if one.is_file()) + 100_000
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    scan = Inspected("回证.pdf", Kind.PDF, pdf("x") + os.urandom(4_000_000))
    keep(attempt, recording.Slip(slip.proof, slip.names, scan))
recording._keep = full
try:
    serve()
    print("served")
except DatabaseError as error:
    print(type(error).__name__, is_full(error))
"""
_FULL = """
import resource
from django.db import DatabaseError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    sign()
    print("signed")
except DatabaseError as error:
    print(type(error).__name__)
"""
