"""可能相同的申请在哪里看得到：窗口登记表上是件数和去处，收件页上是名单；打印给申请人的部分里没有。"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.foi.models import Case
from gongkai.foi.receiving.models import Submission
from gongkai.foi.resembling.models import Likeness
from tests.rooms.cast import Cast
from tests.rooms.foi.receiving.test_counter import ADDRESS, typed
from tests.rooms.foi.resembling.pairs import APART, SAME
from tests.rooms.foi.resembling.test_finding import asks
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root

FIRST, AGAIN = next((text, others) for text, others in SAME.items())
_ROW = re.compile(r"<li><a class=\"door\" href=\"/desk/case/[^\"]+/\">(.+?)</a>(.*?)</li>", re.S)
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def handed_in(client: Client, subject: str) -> tuple[str, Submission]:
    """Register what somebody brings to the counter; return the sheet and the row."""
    answer = client.post(ADDRESS, typed("in_person", subject=subject, features=""))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode(), Submission.objects.latest("pk")


def listed(page: str) -> list[str]:
    """Return the list of 可能相同的申请 as it is read."""
    _, _, after = page.partition("<h2>可能相同的申请</h2>")
    return [_TAG.sub("", number + rest) for number, rest in _ROW.findall(after.split("<h2>")[0])]


def test_the_sheet_counts_and_the_intake_page_lists(cast: Cast) -> None:
    """条例第三十六条第六项：登记表提示有几件、到案件页比对；收件页逐件写明编号、日期、申请人、相似程度。"""
    first = asks(cast.office, cast.wang, FIRST)
    asks(cast.office, cast.wang, APART[3])
    asks(cast.county, cast.wang, FIRST)
    officer = desk(cast.wang)
    sheet, row = handed_in(officer, AGAIN[0])
    assert row.case is not None
    told = re.findall(r"此前有 (\d+) 件可能相同的申请", sheet)
    assert (told, f'href="/desk/case/{row.case.url_key}/">案件页' in sheet) == (["1"], True)
    assert (first.number in sheet, FIRST in sheet) == (False, False)
    (likeness,) = Likeness.objects.all()
    page = officer.get(f"/desk/intake/{row.number}/").content.decode()
    assert listed(page) == [
        f"{first.number}，{date(2024, 3, 4)} 收到，不是同一申请人，相似 {likeness.percent}%；"
        f"还没有答复。还没有判断。 并排比对 {first.number}，作出判断"
    ]
    compare = f"/desk/case/{row.case.url_key}/similar/{likeness.uid}/"
    assert (compare in page, FIRST in page) == (True, False)


def test_the_same_applicant_asking_twice_at_the_counter_is_counted(cast: Cast) -> None:
    """同一人当日又来要同样的：登记表提示一件，收件页写明是同一申请人；不相干的什么也不提示。"""
    officer = desk(cast.wang)
    alone, first = handed_in(officer, FIRST)
    again, second = handed_in(officer, AGAIN[0])
    strange, third = handed_in(officer, APART[4])
    counted = [re.findall(r"此前有 (\d+) 件", sheet) for sheet in (alone, again, strange)]
    assert (counted, Case.objects.count()) == ([[], ["1"], []], 3)
    pages = [officer.get(f"/desk/intake/{row.number}/") for row in (first, second, third)]
    found = [listed(page.content.decode()) for page in pages]
    assert first.case is not None
    number = first.case.number
    assert found == [
        [],
        [
            f"{number}，{clock.today()} 收到，同一申请人，相似 100%；还没有答复。还没有判断。"
            f" 并排比对 {number}，作出判断"
        ],
        [],
    ]
