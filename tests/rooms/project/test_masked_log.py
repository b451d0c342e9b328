"""日志里没有个人信息：消息、参数、异常、请求路径，连编码过的也遮住（个人信息保护法第五十一条）。"""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from gongkai.project.masked_log import MaskPersonalData, masked_line
from gongkai_demo.id_numbers import id_number

ID, PHONE, CARD = id_number(7), "13812345678", "4111111111111111"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The site's own handler, writing where the test can read."""
    handler = logging.StreamHandler(written := io.StringIO())
    configured: Any = settings.LOGGING
    assert configured["handlers"]["stderr"]["filters"] == ["masked"]
    handler.addFilter(MaskPersonalData())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_message_and_arguments_are_masked(log: io.StringIO) -> None:
    """消息和参数里的证件号、手机号、银行卡。"""
    logging.getLogger("gongkai").warning("申请人 %s，电话 %s，卡 %s", ID, PHONE, CARD)
    assert (
        log.getvalue()
        == f"申请人 00*************{ID[-3:]}，电话 138****5678，卡 ************1111\n"
    )


def test_exception_and_its_causes_are_masked(log: io.StringIO) -> None:
    """异常文字、它的起因、堆栈：都遮住，类型和位置还在。"""
    try:
        try:
            raise KeyError(PHONE)
        except KeyError as first:
            raise ValueError(f"Key (digest)=({ID}) already exists.") from first
    except ValueError:
        logging.getLogger("gongkai").exception("登记失败", stack_info=True)
    text = log.getvalue()
    assert not [secret for secret in (ID, PHONE) if secret in text]
    assert "ValueError: Key (digest)=(00***" in text
    assert "KeyError: '138****5678'" in text
    assert "test_masked_log.py" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"/case/{ID}/",
        f"/x/{PHONE}",
        f"/x/?q={PHONE}",
        "/x/" + "".join(f"%3{digit}" for digit in PHONE),
        "/x/１３８１２３４５６７８",
    ],
)
def test_request_path_is_masked(log: io.StringIO, path: str) -> None:
    """有人把证件号、手机号写进网址：404 的日志里没有。"""
    Client().get(path)
    text = log.getvalue()
    assert "Not Found" in text
    assert not [secret for secret in (ID, PHONE, "１３８１２３４５６７８") if secret in text]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("GET /?q=" + "".join(f"%3{digit}" for digit in PHONE), "GET /?q=138****5678"),
        ("%EF%BC%91%EF%BC%93%EF%BC%98" + PHONE[3:], "138****5678"),
        ("000000198001010098", "*" * 18),
        ("uid 0192f0c1-7e3a-7000-8000-000000000001", "uid 0192f0c1-7e3a-7000-8000-000000000001"),
        ("100% 完成 2024-03-04 10:00:00", "100% 完成 2024-03-04 10:00:00"),
        ("", ""),
    ],
)
def test_doubtful_numbers_are_hidden_and_others_kept(line: str, shown: str) -> None:
    """校验不过的长号码也遮；编号、日期、百分号照旧。"""
    assert masked_line(line) == shown


def test_a_wrong_log_call_is_still_written(log: io.StringIO) -> None:
    """参数个数不对的日志调用：不丢、不抛，也不泄露。"""
    wrong: Any = ("%s %s " + PHONE, "一个")
    logging.getLogger("gongkai").warning(*wrong)
    assert log.getvalue() == "%s %s 138****5678\n"
