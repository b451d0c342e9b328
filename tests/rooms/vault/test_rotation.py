"""更换身份密钥：同一个人前后是同一个人，中断可以接着做，审计只记数量和编号。"""

from __future__ import annotations

import hashlib
import hmac
import json
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pytest_django.fixtures import Settings

from gongkai.audit.models import Event
from gongkai.foi.identity import Identity, conceal, reveal
from gongkai.foi.models import Applicant, Case
from gongkai.people.models import Person
from gongkai.project.keys import actions
from gongkai.project.keys.actions import KeysRefused, rotate
from gongkai.project.keys.queries import Lot, lots, unreadable
from gongkai.text.canonical import canonical_bytes
from gongkai.vault.columns import declared
from gongkai.vault.ring import Key
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import request_of

OLD = "old-key-of-the-county-0123456789abcdef"
NEW = "new-key-of-the-county-0123456789abcdef"
WHO = "000000198001010015"
TITLE = "申请人身份信息"


def silent(_: str) -> None:
    """Nobody watches."""


@pytest.fixture
def cast_under_old_key(settings: Settings, cast: Cast) -> Cast:
    settings.IDENTITY_KEY = OLD
    settings.IDENTITY_KEYS_OLD = ()
    return cast


def change_key(settings: Settings) -> None:
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = NEW, (OLD,)


def of_key_one(identity: Identity, klass: str) -> Applicant:
    """A row as the first version of the ledger wrote it, derived independently."""

    def derived(purpose: bytes) -> bytes:
        return hmac.new(OLD.encode(), purpose, hashlib.sha256).digest()

    plain = canonical_bytes(
        {"name": identity.name, "document_no": identity.document_no, "contact": identity.contact}
    )
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(derived(b"encrypt")).encrypt(nonce, plain, klass.encode())
    text = f"{klass}:{identity.document_no}".encode()
    digest = hmac.new(derived(b"digest"), text, hashlib.sha256).hexdigest()
    return Applicant(klass=klass, ciphertext=sealed, key_id="1", alg="AES-256-GCM", digest=digest)


def test_where_identities_lie_is_declared() -> None:
    """申请人身份信息在更换密钥的范围之内。"""
    assert [column.title for column in declared() if column.model_label == "foi.Applicant"] == [
        TITLE
    ]


def test_one_applicant_before_during_and_after(
    settings: Settings, cast_under_old_key: Cast
) -> None:
    """同一申请人在更换前、更换中、更换后提出的申请，都归到同一个人（条例第三十五条按人计数）。"""
    cast = cast_under_old_key
    before = request_of(cast.grain, cast.wang)
    change_key(settings)
    during = request_of(cast.grain, cast.wang)
    assert rotate(silent, by=cast.li).count == 2  # and what they asked for
    after = request_of(cast.grain, cast.wang)
    settings.IDENTITY_KEYS_OLD = ()  # the old key is put away
    later = request_of(cast.grain, cast.wang)

    assert {case.applicant_id for case in (before, during, after, later)} == {before.applicant_id}
    assert reveal(Applicant.objects.get()) == Identity("试验申请人", WHO, "试验地址")
    assert lots() == [Lot(TITLE, Key(NEW).id, 1), Lot("申请内容", Key(NEW).id, 4)]


def test_rows_of_key_one_are_found_opened_and_rotated(
    settings: Settings, cast_under_old_key: Cast
) -> None:
    """密钥编号“1”的旧记录：读得出，认得出同一个人，更换后与别的记录一样。"""
    cast = cast_under_old_key
    first = of_key_one(Identity("试验申请人", WHO, "旧地址"), "nat")
    first.save()
    assert request_of(cast.grain, cast.wang).applicant_id == first.pk
    assert lots() == [Lot(TITLE, "1", 1), Lot("申请内容", Key(OLD).id, 1)]
    change_key(settings)
    assert request_of(cast.grain, cast.wang).applicant_id == first.pk

    assert rotate(silent, by=cast.li).count == 2  # and what was asked under the old key

    settings.IDENTITY_KEYS_OLD = ()
    assert reveal(Applicant.objects.get()) == Identity("试验申请人", WHO, "旧地址")
    assert request_of(cast.grain, cast.wang).applicant_id == first.pk


def test_rotation_is_recorded_by_counts_and_key_ids_only(
    settings: Settings, cast_under_old_key: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """审计里只有数量和密钥编号，没有密钥、没有个人信息；各批加起来等于总数。"""
    cast = cast_under_old_key
    for n in range(5):
        conceal(Identity(f"某{n}", f"00000019800101{n:04}", "地址"), "nat").save()
    change_key(settings)
    monkeypatch.setattr(actions, "_BATCH", 2)
    told: list[str] = []

    assert rotate(told.append, by=cast.li).count == 5

    events = Event.objects.filter(stream="keys").order_by("seq")
    assert [json.loads(event.payload_text) for event in events] == [
        {"count": n, "from": {Key(OLD).id: n}, "to": Key(NEW).id} for n in (2, 2, 1)
    ]
    assert told == [f"{TITLE}：已更换 {n}，共 5" for n in (2, 4, 5)]
    assert OLD not in "".join(event.payload_text for event in events)
    assert rotate(silent, by=cast.li).count == 0
    assert Event.objects.filter(stream="keys").count() == 3


def test_interrupted_rotation_goes_on(
    settings: Settings, cast_under_old_key: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """做到一半被中断：已换的留着，没换的还能打开，再运行一次接着做，总数不多不少。"""
    cast = cast_under_old_key
    for n in range(6):
        conceal(Identity(f"某{n}", f"00000019800101{n:04}", "地址"), "nat").save()
    change_key(settings)
    monkeypatch.setattr(actions, "_BATCH", 2)

    def stops(text: str) -> None:
        if "已更换 4" in text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(stops, by=cast.li)
    assert {(lot.key_id, lot.count) for lot in lots()} == {(Key(OLD).id, 2), (Key(NEW).id, 4)}
    assert list(unreadable(silent)) == []

    assert rotate(silent, by=cast.li).count == 2
    assert lots() == [Lot(TITLE, Key(NEW).id, 6)]
    counts = [json.loads(e.payload_text)["count"] for e in Event.objects.filter(stream="keys")]
    assert sum(counts) == 6


def test_a_row_changed_meanwhile_is_left_to_the_next_run(
    settings: Settings, cast_under_old_key: Cast
) -> None:
    """更换的同时别人改了同一行：不覆盖别人的。"""
    conceal(Identity("某甲", WHO, "地址"), "nat").save()
    (column,) = [one for one in declared() if one.model_label == "foi.Applicant"]
    stale = Applicant.objects.get()
    fresh = conceal(Identity("某甲", WHO, "新地址"), "nat")
    Applicant.objects.update(ciphertext=fresh.ciphertext)
    change_key(settings)

    assert actions._seal_again(column, stale) == 0
    assert reveal(Applicant.objects.get()).contact == "新地址"


def test_rotation_is_refused_while_an_old_key_is_missing(
    settings: Settings, cast_under_old_key: Cast
) -> None:
    """没带上旧密钥就更换：拒绝，说清缺哪一把、写到哪里，什么都不动。"""
    conceal(Identity("某甲", WHO, "地址"), "nat").save()
    settings.IDENTITY_KEY = NEW
    before = Applicant.objects.values().get()

    with pytest.raises(KeysRefused) as refused:
        rotate(silent, by=cast_under_old_key.li)

    assert str(refused.value) == (
        f"缺少打开现有内容的密钥（{TITLE} 1 条，密钥编号 {Key(OLD).id}）：请把旧密钥写进 "
        "GONGKAI_IDENTITY_KEYS_OLD_FILE 指定的文件后再更换。没有改动任何内容。"
    )
    assert Applicant.objects.values().get() == before
    assert not Event.objects.filter(stream="keys").exists()


def test_altered_value_is_told_and_the_others_are_rotated(
    settings: Settings, cast_under_old_key: Cast
) -> None:
    """有一条被改动过：其余照换，这一条原样留下并报告；核对命令也指出它。"""
    bad = conceal(Identity("某甲", WHO, "地址"), "nat")
    bad.ciphertext = bytes(bad.ciphertext)[:-1] + b"\x00\x01"
    bad.save()
    conceal(Identity("某乙", "000000198001010023", "地址"), "nat").save()
    change_key(settings)

    done = rotate(silent, by=cast_under_old_key.li)

    assert done.count == 1
    assert [one.uid for one in done.closed] == [str(bad.uid)]
    assert [one.uid for one in unreadable(silent)] == [str(bad.uid)]
    assert not Case.objects.exists()
    assert Person.objects.exists()
