"""依据和说明是两栏：依据文书照印，说明给办理的人看；县里自定的也一样，以前写在逗号后面的不会印出来。"""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.apps import apps

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.law.outcomes import PARTIAL
from gongkai.law.remedies import remedies
from gongkai.law.rules import Rules
from gongkai.letters.facts import Complaint
from gongkai.letters.invented import invented
from gongkai.letters.remedy_clause import remedy_clause
from gongkai.rulebook.actions import approve_parameter, propose_parameter
from gongkai.rulebook.models import Parameter
from gongkai.rulebook.plans import parameter_plan
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.rulebook.entering import propose_value

KEY = "remedy.partial_review_first"
SINCE = date(2026, 3, 2)
OWN = "市司法局关于部分公开救济途径的答复（虚构），2026年2月"
NOTE = "请示过两次，第二次的答复为准"


def in_force(cast: Cast, source: str, note: str) -> Parameter:
    given = {"value": "true", "since": SINCE, "source": source, "certainty": "P"}
    proposed = propose_parameter(KEY, note=note, by=cast.li, **given)  # type: ignore[arg-type]
    seen = parameter_plan(proposed, clock.today()).sha256
    return approve_parameter(proposed, seen=seen, by=cast.zhao)


def clause() -> str:
    """What a letter that severs prints of the ways to complain, by the rules of the county."""
    facts = invented("D12", SINCE, PARTIAL)
    open_ = remedies(PARTIAL, SINCE, rules_on(SINCE))
    complaint = Complaint(open_, "试验市人民政府", "试验县人民法院")
    return remedy_clause(replace(facts, complaint=complaint))


def test_a_national_basis_is_the_source_and_its_note_stands_apart() -> None:
    """行政复议法第二十三条：文书只印依据，“未见明文”之类的说明不在依据里。"""
    partial = Rules.national(SINCE).parameter(KEY)
    assert (partial.basis, partial.note) == (
        "《行政复议法》（2023年修订）第二十三条第一款第（四）项",
        "未见明文，按不予公开部分掌握",
    )


def test_a_letter_prints_the_countys_source_whole_and_never_its_note(cast: Cast) -> None:
    """行政复议法第二十三条第二款：县里自定的依据照印，逗号后面的也印；说明不印，记入日志，页面上有。"""
    assert ("第二十三条第一款第（四）项）" in clause(), "未见明文" in clause()) == (True, False)
    in_force(cast, OWN, NOTE)
    found = rules_on(SINCE).parameter(KEY)
    assert (found.basis, found.note) == (OWN, NOTE)
    assert (OWN in clause(), NOTE in clause()) == (True, False)
    logged = Event.objects.get(kind="parameter.approved").payload_text
    assert {name: json.loads(logged)[name] for name in ("source", "note")} == {
        "source": OWN,
        "note": NOTE,
    }


def test_what_stood_after_the_comma_becomes_the_note_and_letters_stay_as_they_were(
    cast: Cast,
) -> None:
    """升级（迁移 0003）：以前逗号后面的不印，升级后也不印；没有逗号、逗号在书名里的不动；退回时合在一起。"""
    joined = "县办规定第三条，按上级口径掌握，每年核对"
    rows = [
        propose_value(cast, KEY, "true", SINCE, joined),
        propose_value(cast, "correction.period", "9", SINCE, "《县办规定（试行，2026年）》第五条"),
    ]
    migration: Any = importlib.import_module("gongkai.rulebook.migrations.0003_note_of_its_own")

    def kept() -> list[tuple[str, str]]:
        return [Parameter.objects.values_list("source", "note").get(pk=row.pk) for row in rows]

    migration.divide(apps, None)
    assert kept() == [
        ("县办规定第三条", "按上级口径掌握，每年核对"),
        ("《县办规定（试行，2026年）》第五条", ""),
    ]
    migration.join(apps, None)
    assert kept() == [(joined, ""), ("《县办规定（试行，2026年）》第五条", "")]
