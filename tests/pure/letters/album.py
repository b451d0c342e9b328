"""Letters that ask much of the printer, and their pictures for the documentation: only when asked for.

``GONGKAI_PICTURES=1 pytest tests/pure/letters/test_composing.py`` writes them to ``docs/images``.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

from gongkai.letters.facts import Contact, LetterFacts
from gongkai.letters.invented import invented

ASKED = os.environ.get("GONGKAI_PICTURES") == "1"
ORGAN = "示例县淯喆昇堌㛃河湖与农村公路养护管理局"
APPLICANT = "示例县淯喆昇堌㛃养护工程集团有限责任公司"
OTHER = "示例县㛃堌昇喆淯检测与工程咨询有限公司"
LONG = "D13"
"""The letter with four pages of reasons."""
_SCALE, _GAP, _ACROSS, _GROUND = 1.0, 8, 3, (128, 124, 116)
_SENTENCES = (
    "施工组织设计由投标人为本次投标专门编制，共分总体部署、工法、进度、材料和应急五章，其中工法一章从未对外发布。",
    "投标文件封面和该章首页均标有“内部资料，不得外传”字样，投标人与参与编制的人员签有保密约定，采取了与其价值相适应的保密措施。",
    "该工法把冷再生和分层摊铺合在一次作业中完成，每公里节省工期两天，投标人据此报出的单价低于同类项目。",
    "其他单位取得该工法后，可以在后续标段中直接采用，投标人因此失去的竞争优势无法恢复。",
    "本机关书面征求了投标人的意见，投标人在期限内答复不同意公开，并附上了保密约定和工法验证报告。",
    "本机关审查了公开对公共利益的影响：工程质量可以通过竣工验收报告和检测结果监督，不需要知道具体工法。",
)


def demanding(code: str, on: date) -> LetterFacts:
    """The invented case with names of twenty characters, rare ones among them; one with long reasons."""
    facts = invented(code, on)
    changed = replace(
        facts,
        office=replace(facts.office, organ=ORGAN),
        request=replace(facts.request, applicant=APPLICANT, organisation=True),
        consulted=facts.consulted and Contact(OTHER, facts.consulted.contact),
    )
    return replace(changed, reasons=reasons()) if code == LONG else changed


def reasons() -> str:
    """Reasons for four pages, a paragraph for each of nine tenders."""
    return "\n".join(
        f"{n}.关于第{n}标段。{''.join(_SENTENCES[(n + k) % len(_SENTENCES)] for k in range(5))}"
        for n in range(1, 10)
    )


def shoot(code: str, pdf: bytes) -> None:
    """Keep the pages of *pdf* three in a row, as the picture of letter *code*."""
    if not ASKED:
        return
    pypdfium2: Any = import_module("pypdfium2")  # it carries no types
    images: Any = import_module("PIL.Image")
    with closing(pypdfium2.PdfDocument(pdf)) as found:
        pages = [page.render(scale=_SCALE).to_pil().convert("RGB") for page in found]
    across, down = (side + _GAP for side in pages[0].size)
    columns, rows = min(len(pages), _ACROSS), -(-len(pages) // _ACROSS)
    sheet = images.new("RGB", (columns * across - _GAP, rows * down - _GAP), _GROUND)
    for n, page in enumerate(pages):
        sheet.paste(page, (n % _ACROSS * across, n // _ACROSS * down))
    import_module("tools.pictures").keep(sheet, f"letter-{code}")
