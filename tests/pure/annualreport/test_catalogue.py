"""Every code of the catalogue fires on a report made for it and on no report that is right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest

import gongkai.annualreport
from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding, Severity, catalogue
from gongkai.annualreport.checking.subject import LedgerFacts
from gongkai.annualreport.model import Cell, build, cell_keys
from gongkai.annualreport.printed import PrintedForm
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.writing.text import write_text
from tests.pure.annualreport.reports import COLUMNS, FORM, PROSE, clean, clean_cells, previous

RIGHT = clean()
FIVE = PROSE["5"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """What differs from the right report, and how severe the finding must be."""

    cells: Mapping[str, Cell] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    prev: Mapping[str, Cell] | None = None
    prev_five: str = "上年问题：人手少。"
    labels: Mapping[str, str | None] = field(default_factory=dict)
    printed: Mapping[str, object] = field(default_factory=dict)
    ledger: LedgerFacts | None = None
    header: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None

    def findings(self) -> list[Finding]:
        """Check the changed report."""
        report = replace(clean(self.cells, self.sections), **dict(self.header))  # type: ignore[arg-type]
        prev = None if self.prev is None else previous(self.prev, self.prev_five)
        return check(report, printed=self.form(), prev=prev, ledger=self.ledger)

    def form(self) -> PrintedForm:
        """The right printed form with the changes asked for."""
        form = read(write_text(RIGHT).encode(), source="x").printed
        assert form is not None
        labels = {k: v for k, v in {**form.labels, **self.labels}.items() if v is not None}
        return replace(form, labels=labels, **dict(self.printed))  # type: ignore[arg-type]


def without(section: str, words: str, by: str = "") -> dict[str, str]:
    """A section of the right report with some words replaced."""
    assert words in PROSE[section]
    return {section: PROSE[section].replace(words, by)}


def ledger(key: str, value: Cell) -> LedgerFacts:
    """A ledger that knows one cell."""
    return LedgerFacts(cells={key: value})


HEADINGS = tuple(section.heading for section in FORM.sections)
CASES: dict[str, list[Case]] = {
    "S-01": [Case(printed={"title": "青禾县人民政府2023年政府信息公开工作年度报告"})],
    "S-02": [
        Case(printed={"headings": HEADINGS[:5]}),
        Case(printed={"headings": (HEADINGS[1], HEADINGS[0], *HEADINGS[2:])}),
        Case(printed={"headings": ("一、总体情形", *HEADINGS[1:])}),
        Case(
            printed={"headings": (*HEADINGS[:4], "五、存在问题及改进情况", HEADINGS[5])},
            severity="warning",
        ),
    ],
    "S-03": [Case(sections=without("1", "平台建设", "其他"))],
    "S-04": [
        Case(labels={"t2.norm.repealed:column": "本年度止件数"}),
        Case(labels={"t2.licence:row": None}),
    ],
    "S-05": [
        Case(labels={"t3.r3_2:row": "2.其他法律行政止公开"}),
        Case(labels={"t3.ngo:column": None}),
    ],
    "S-06": [Case(labels={"t4.dir:block": "直接起诉"})],
    "S-07": [Case(cells={"t3.r1.nat": None}), Case(cells={"t4.rev.m": -1})],
    "S-08": [
        Case(cells={"t2.fee": None}),
        Case(cells={"t2.fee": "-1"}),
        Case(cells={"t2.fee": "0.1234567"}, severity="warning"),
    ],
    "S-09": [Case(labels={"t2.fee:column": "本年收费金额"})],
    "S-10": [Case(labels={"t3:note": None})],
    "S-11": [Case(labels={"t3.r2:row": "（二）部分公开"})],
    "S-12": [Case(printed={"extra": ("4.另行增加\t0",)})],
    "S-13": [Case(printed={"cells": {"t2.licence": "1,234"}})],
    "S-14": [Case(printed={"foreign": ("政府集中采购",)})],
    "A-01": [Case(prev={"t2.norm.valid": 27})],
    "A-02": [Case(prev={"t2.rule.valid": 1})],
    "A-03": [Case(cells={"t2.norm.repealed": 40}, prev={})],
    "A-04": [Case(cells={"t2.norm.made": 33})],
    "A-05": [Case(cells={"t2.rule.valid": 1})],
    "A-06": [Case(ledger=ledger("t2.norm.made", 5))],
    "A-07": [Case(ledger=ledger("t2.norm.repealed", 5))],
    "A-08": [Case(ledger=ledger("t2.norm.valid", 5))],
    "A-10": [Case(ledger=ledger("t2.licence", 5))],
    "A-11": [Case(ledger=ledger("t2.penalty", 5))],
    "A-12": [Case(ledger=ledger("t2.coercion", 5))],
    "A-13": [Case(ledger=ledger("t2.fee", "12.5001"))],
    "A-14": [Case(prev={"t2.licence": 449}), Case(prev={"t2.penalty": 141})],
    "A-15": [Case(prev={"t2.fee": "0.00125"}), Case(prev={"t2.fee": "125000"})],
    "A-16": [Case(cells={"t2.penalty": 0})],
    "B-47": [Case(cells={"t3.fwd.res": 1})],
    "B-48": [Case(ledger=ledger("t3.r4_1.nat", 5))],
    "B-54": [
        Case(cells={"t3.r6_3.tot": 3}),
        Case(cells={"t3.r4_1.tot": 17}, severity="info"),
    ],
    "B-55": [Case()],
    "B-56": [
        Case(cells={key: 0 for key in cell_keys("2021") if key.startswith("t3.")}),
        Case(
            cells={key: 0 for key in cell_keys("2021") if key.startswith("t3.")},
            sections={"1": "没有写申请。"},
            severity="warning",
        ),
    ],
    "L-04": [Case(prev={"t4.aft.p": 1})],
    "L-05": [Case(cells={"t4.aft.t": 4, "t4.aft.m": 4}, prev={})],
    "L-06": [Case(cells={"t4.dir.t": 1})],
    "L-07": [Case(cells={"t4.rev.c": 1}, sections=without("1", "行政复议3件", "争议"))],
    "L-08": [Case(ledger=ledger("t4.rev.t", 5))],
    "L-09": [Case()],
    "N-01": [
        Case(sections=without("1", "申请30件", "申请31件")),
        Case(sections=without("1", "申请30件", "申请32件"), severity="warning"),
        Case(
            sections=without(
                "1", "2024年收到政府信息公开申请30件", "县政府办收到政府信息公开申请17件"
            ),
            severity="warning",
        ),
    ],
    "N-02": [Case(sections=without("1", "办结28件", "办结29件"))],
    "N-03": [Case(sections=without("1", "结转下年度4件", "结转下年度5件"))],
    "N-04": [
        Case(sections=without("1", "现行有效30件", "现行有效31件")),
        Case(sections=without("1", "2024年制发行政规范性文件6件", "2023年制发规范性文件0件")),
    ],
    "N-05": [
        Case(sections=without("1", "行政复议3件", "行政复议1件")),
        Case(
            sections=without("1", "因政府信息公开发生行政复议3件", "受理行政复议案90件"),
            severity="warning",
        ),
    ],
    "N-06": [Case(sections=without("1", "予以公开12件", "予以公开13件"))],
    "N-07": [Case(sections={"1": PROSE["1"] + "\n网站信息10条，其中公告8条、动态7条。"})],
    "N-08": [
        Case(sections={"1": PROSE["1"] + "\n2019年工作有序。"}),
        Case(sections={"1": PROSE["1"] + "\n2023年，网站运行正常。"}),
    ],
    "N-09": [Case(sections={"5": FIVE + "白石县人民政府高度重视。"})],
    "N-10": [Case(prev={}, prev_five=FIVE)],
    "N-11": [
        Case(
            sections={"1": PROSE["1"] + "\n制作解读15条。"},
            ledger=LedgerFacts(counts={"interpretations": Decimal(14)}),
        )
    ],
    "N-12": [
        Case(
            sections={"1": PROSE["1"] + "\n网站发布信息100余条。"},
            ledger=LedgerFacts(counts={"items": Decimal(99)}),
        )
    ],
    "N-13": [Case(sections=without("1", "40.0%", "43.0%"))],
    "N-14": [Case(sections={"1": PROSE["1"] + "\n收到申请中，线上20件，线下9件。"})],
    "N-15": [
        Case(sections={"1": PROSE["1"] + "\n作出行政许可决定901件。"}),
        Case(sections={"1": PROSE["1"] + "\n行政事业性收费125001元。"}),
    ],
    "P-01": [Case(header={"period": None}), Case(header={"period": "2024-01-01/2024-12-30"})],
    "P-02": [
        Case(sections=without("6", "2024年未收取信息处理费。")),
        Case(
            sections=without("6", "2024年未收取信息处理费。")
            | {"1": PROSE["1"] + "未收取信息处理费。"},
            severity="warning",
        ),
    ],
    "P-03": [Case(header={"contact": None}), Case(header={"contact": "办公室"})],
    "P-04": [Case(sections=without("1", "工作考核结果为良好，"))],
    "P-05": [Case(sections={"5": "一切都好。"}), Case(sections={"5": "有问题，将改进。"})],
    "P-06": [Case(sections={"6": " "})],
    "P-08": [
        Case(sections={"5": FIVE + "13800000000"}),
        Case(sections={"5": FIVE + "11010519491231002X"}),
        Case(sections={"5": FIVE + "机密★1年"}),
    ],
    "P-09": [
        Case(sections=without("1", "依据《中华人民共和国政府信息公开条例》编制本报告。")),
        Case(sections={"1": PROSE["1"] + "国办公开办函〔2019〕60号。"}),
    ],
    "P-07": [
        Case(
            prev={}, prev_five="存在问题：人手少。下一步，建立乡镇联络员台账，逐月核对村级公开栏。"
        )
    ],
    "D-01": [Case(header={"published_on": dt.date(2025, 2, 1), "level": "department"})],
    "D-02": [Case(header={"published_on": dt.date(2025, 4, 1)})],
    "D-04": [Case(header={"published_on": dt.date(2024, 12, 31)})],
}
for _column in FORM.t3.columns:
    _wrong = f"t3.new.{_column.key}"
    CASES[_column.balance_check] = [Case(cells={_wrong: 99})]
    CASES[_column.result_check] = [Case(cells={f"t3.r7.{_column.key}": 99})]
    CASES[_column.carry_check] = [Case(prev={f"t3.fwd.{_column.key}": 9})]
for _row in FORM.t3.rows:
    CASES[_row.total_check] = [Case(cells={f"t3.{_row.key}.tot": 98})]
for _block in FORM.t4.blocks:
    CASES[_block.total_check] = [Case(cells={f"t4.{_block.key}.t": 97})]

FACTS = LedgerFacts(
    cells=clean_cells(), counts={"interpretations": Decimal(1), "items": Decimal(1)}
)


def test_right_report_has_no_finding_but_the_two_rates() -> None:
    """各项齐全、与上年和台账一致的报告，只有供参考的两个比率。"""
    found = check(RIGHT, printed=Case().form(), prev=previous(), ledger=FACTS)
    assert [(finding.code, finding.severity) for finding in found] == [
        ("B-55", "info"),
        ("L-09", "info"),
    ]


def test_report_without_requests_and_disputes_has_no_rates() -> None:
    """没有办理就没有比率：B-55、L-09 不出现。"""
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    report = build(issuer="青禾县教育局", year=2024, cells=zero, sections={})
    assert [(f.code, f.severity) for f in check(report)] == [("S-02", "warning")]


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in CASES.items() for case in cases]
)
def test_code_fires_on_the_report_made_for_it(code: str, case: Case) -> None:
    """每个代码在它的报告上触发，级别与目录（或注明的较轻级别）一致。"""
    found = [finding for finding in case.findings() if finding.code == code]
    expected = case.severity or catalogue()[code].severity
    assert {finding.severity for finding in found} == {expected}
    assert {finding.basis for finding in found} == {catalogue()[code].basis}


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in CASES.items() for case in cases]
)
def test_message_is_one_complete_chinese_sentence(code: str, case: Case) -> None:
    """提示是给经办人看的整句：说明问题并告诉怎么办。"""
    for finding in case.findings():
        assert re.fullmatch(r"[^\n]*[\u4e00-\u9fa5][^\n]*[。]", finding.message), finding.message
        assert set(finding.cells) <= set(cell_keys("2021"))


@pytest.mark.parametrize(("section", "words"), [("6", "无。"), ("6", "未收取任何费用。")])
def test_administrative_fees_and_processing_fee_are_never_confused(
    section: str, words: str
) -> None:
    """表二行政事业性收费大于 0 而第六部分写“无”，不构成矛盾；缺的只是信息处理费说明。"""
    report = clean({"t2.fee": "316441"}, {section: words})
    found = [f for f in check(report) if "t2.fee" in f.cells or f.code == "P-02"]
    assert [(f.code, f.cells) for f in found] == [("P-02", ())]


def test_table_3_columns_are_checked_in_the_order_of_the_form() -> None:
    """B-01…07 依次为自然人、企业、科研、公益、法律服务、其他、总计。"""
    codes = [
        sorted({f.code for f in Case(cells={f"t3.new.{c}": 99}).findings()} & BALANCE)
        for c in COLUMNS
    ]
    assert codes == [[f"B-0{n}"] for n in range(1, 8)]


BALANCE = {f"B-0{n}" for n in range(1, 8)}


def test_every_threshold_has_a_source() -> None:
    """每个判断用的数都写明来源、可靠程度和起用日期。"""
    text = (Path(gongkai.annualreport.__file__).parent / "checking/thresholds.toml").read_text(
        encoding="utf-8"
    )
    tables = re.split(r"(?m)^\[", text)[1:]
    assert len(tables) > 5
    for table in tables:
        assert re.findall(r"(?m)^(source|certainty|since) = ", table) == [
            "source",
            "certainty",
            "since",
        ]
