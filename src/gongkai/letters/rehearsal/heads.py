"""Reading the head and foot of a letter: whom, which number, which day, by which way, what goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.letters.purpose import asks_for_the_purpose
from gongkai.letters.rehearsal.defect import Defect, Reading, article
from gongkai.letters.rehearsal.sources import PROMISES
from gongkai.letters.slots import SLOTS, day
from gongkai.letters.wording.packaged import series_of
from gongkai.text.document_number import normal_document_number

_STANDARD = "GB/T 9704-2012"


def addressee(reading: Reading) -> Iterator[Defect]:
    to = reading.duty.to
    if to and not SLOTS[to].value(reading.facts):
        yield Defect(
            "addressee",
            f"没有写发给谁（{to}）。",
            "《党政机关公文格式》（GB/T 9704-2012）7.3.2",
            f"请在案件里补上{to}的姓名或者名称。",
        )


def agent(reading: Reading) -> Iterator[Defect]:
    """Nothing is answered to somebody who acts without authority. Who that is stays sealed."""
    number = reading.facts.agent_unproved
    if number:
        yield Defect(
            "agent",
            "申请由代理人提出，卷里没有授权委托书，不能向代理人答复。",
            f"《民法典》第一百六十五条、{article('第二十九条')}",
            f"请在收件 {number} 的页面补入授权委托书；或者在拟稿里把收件人选为申请人本人，直接送给他。",
        )


def number(reading: Reading) -> Iterator[Defect]:
    given = reading.facts.number
    if not given or series_of(reading.code) is None:
        return
    try:
        normal = normal_document_number(given)
    except ValueError as wrong:
        yield Defect("number", str(wrong), _STANDARD, "请按编号序列重新取号，不要手工填写。")
        return
    signed = reading.facts.signed_on
    if normal != given or (signed and f"〔{signed.year}〕" not in given):
        yield Defect(
            "number",
            f"文号“{given}”的写法或者年份不对，应为六角括号、当年年份、序号不编虚位。",
            _STANDARD,
            "请按编号序列重新取号，不要手工填写。",
        )


def dates(reading: Reading) -> Iterator[Defect]:
    signed, received = reading.facts.signed_on, reading.facts.request.received_on
    if signed is None:
        yield Defect("undated", "没有成文日期。", f"{_STANDARD} 7.3.5", "请填写签发的日期。")
    elif signed < received:
        yield Defect(
            "before_receipt",
            f"成文日期{day(signed)}早于收到申请之日{day(received)}。",
            article("第三十一条"),
            "请核对收到之日和成文日期。",
        )
    elif signed > reading.on:
        yield Defect(
            "in_future",
            f"成文日期{day(signed)}还没有到，今天是{day(reading.on)}。",
            f"{_STANDARD} 7.3.5",
            "请改为签发当天的日期。",
        )


def service(reading: Reading) -> Iterator[Defect]:
    if not reading.duty.served:
        return
    given = reading.facts.service
    if given is None or not given.way.strip() or not given.address.strip():
        yield Defect(
            "service",
            "没有写明怎样送达、送到哪里。",
            "国办公开办函〔2016〕235号",
            "请选择送达方式（直接、委托其他行政机关、邮政企业邮寄、经同意的电子送达）并填写地址。",
        )


def purpose(reading: Reading) -> Iterator[Defect]:
    facts = reading.facts
    asked = [*facts.corrections, facts.reasons, facts.found, facts.matter, *facts.form]
    if any(asks_for_the_purpose(text) for text in asked):
        yield Defect(
            "purpose",
            "要求申请人说明所申请信息的用途。",
            article("第二十九条") + "（没有规定说明用途，2019年修订时已经删去“三需要”）",
            "请删去这项要求。",
        )


def enclosures(reading: Reading) -> Iterator[Defect]:
    facts = reading.facts
    absent = [one.title for one in facts.enclosures if not one.at_hand]
    if absent:
        yield Defect(
            "enclosure_absent",
            f"附件{'、'.join(f'“{title}”' for title in absent)}还没有放进来。",
            article("第四十条"),
            "请上传附件，或者从附件清单里删去。",
        )
    said = "".join((facts.reasons, facts.material, facts.given_by, facts.where_published))
    promised = next((word for word in PROMISES if word in said), "")
    if promised and not facts.enclosures:
        yield Defect(
            "enclosure_promised",
            f"文中写了“{promised}”，附件清单却是空的。",
            article("第四十条"),
            "请加上附件，或者改写提供的方式。",
        )
