"""年度报告：编制机关的政务公开办在页面上建立一年的报告（条例第四十九条、第五十条）。"""

from __future__ import annotations

import pytest

from gongkai.reporting.models import Report
from tests.rooms.cast import Cast
from tests.rooms.walk.world import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/reports/"
TYPED = {"contact": "虚构路 1 号，电话 000-0000000"}


def test_the_openness_office_opens_the_report_of_this_year_once(cast: Cast) -> None:
    """当年的报告当年就建立，天天看得到草稿；同一年第二次不建，指向已有的。"""
    officer = signed_in(cast.li)
    page = officer.get(ADDRESS)
    year = page.context["form"].fields["year"].choices[0][0]
    typed = {**TYPED, "agency": cast.county.code, "year": year}
    opened = officer.post(ADDRESS, typed)
    address = f"/desk/report/{cast.county.code}/{year}/"
    assert (opened.status_code, opened["Location"]) == (302, address)
    assert officer.get(address).status_code == 200
    again = officer.post(ADDRESS, typed)
    assert again.status_code == 400
    assert "已经建立，请从上面的列表打开" in again.content.decode()
    assert [(row.agency, row.year) for row in Report.objects.all()] == [(cast.county, int(year))]


def test_nobody_else_opens_a_report(cast: Cast) -> None:
    """信息员没有这张表，直接提交也不行；选不到别的机关，也选不到别的年份。"""
    other = signed_in(cast.chen)
    assert other.get(ADDRESS).context["form"] is None
    assert other.post(ADDRESS, TYPED).status_code == 403
    officer = signed_in(cast.li)
    wrong = {**TYPED, "agency": "T00000099", "year": "1999"}
    answer = officer.post(ADDRESS, wrong)
    assert set(answer.context["form"].errors) == {"agency", "year"}
    assert not Report.objects.exists()
