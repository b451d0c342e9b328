"""Three are asked: one objects, one agrees, one helps; it is given all the same, and whoever objected is told why."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foi.models import Case
from tests.journeys.soundness import sound
from tests.looks.officers import Office, brought, fill, press
from tests.looks.requests.letters import asked, body

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MATTER = "虚构渠清淤施工组织设计里的封闭施工时段"
PARTY, MAKER, HELPER = "某第三方有限公司", "示例县湖泊局", "示例县档案馆"
PUBLIC = "沿渠有三所学校，封闭施工的时段和绕行线路关系师生和村民的通行安全"
GIVEN = "虚构渠清淤施工组织设计复印件一份"


def test_what_a_third_party_objects_to_is_given_for_the_public(office: Office) -> None:
    """第三十二条至第三十四条：征求共同制作机关（D08，随附 D26）、请其他机关协助（D27）；第三方不同意，因公共利益公开（D11），告知第三方（D09）。"""
    _, case = brought(office)
    ask(office, case, "第三方（第三十二条：逾期不答复，由本机关决定）", PARTY, "试验路9号")
    ask(office, case, "共同制作机关（第三十四条：逾期不答复，视为同意）", MAKER)
    ask(office, case, "其他机关（第三十三条：法律没有规定答复期限）", HELPER)
    write_to_organs(office, case)
    office.ahead.go_to(date(2026, 3, 9))
    for whose, agrees, words in (
        (PARTY, "否", "涉及本公司的工法"),
        (MAKER, "是", ""),
        (HELPER, "是", ""),
    ):
        answered(office, case, whose, agrees, words)
    why = "不公开会对公共利益造成什么重大影响（可以不写）"
    typed = {"已提供的信息或者提供的方式": GIVEN, why: PUBLIC}
    overruled = office.decide(case, "予以公开", typed)
    assert body(overruled, PARTY) == (
        f"本机关已就一件政府信息公开申请涉及的下列信息书面征求你方意见：{MATTER}。"
        "征求意见的日期为2026年3月2日，你方答复：不同意公开。"
        f"经审查，本机关认为不公开上述信息可能对公共利益造成重大影响。理由如下：{PUBLIC}。"
        "依照《中华人民共和国政府信息公开条例》第十五条、第三十二条，"
        "本机关决定公开上述信息，现将决定公开的内容和理由告知你方。"
    )
    granted = office.letter(case, "予以公开告知书")
    assert [word in granted for word in (asked("2026-0001"), GIVEN, PARTY)] == [True, True, False]
    sound(office.open(case, office.cast.wang))


def ask(office: Office, case: Case, whom: str, name: str, reach: str = "") -> None:
    page = office.begin(case, "征求意见", office.cast.wang)
    fill(page, {"征求谁的意见": whom, "对方姓名或者名称": name})
    fill(page, {"第三方联系方式": reach, "涉及的信息": MATTER})
    press(page)


def write_to_organs(office: Office, case: Case) -> None:
    """第三十四条：共同制作机关逾期视为同意；协助的机关没有法定期限，由本机关写明哪一天以前。"""
    office.write(case, "征求第三方意见书")
    assert body(office.write(case, "征求共同制作机关意见书"), MAKER) == (
        "本机关收到政府信息公开申请（受理编号：2026-0001），"
        f"申请公开的信息由本机关牵头、你机关参与制作，具体为：{MATTER}。"
        "依照《中华人民共和国政府信息公开条例》第三十四条，现征求你机关意见。"
        "请自收到本意见书之日起15个工作日内提出意见；不同意公开的，请写明依据的条、款、项和理由。"
        "逾期未提出意见的，视为同意公开。"
    )
    slip = office.letter(case, "征求意见确认函")
    assert f"{MAKER}已收到示例县人民政府的征求意见书（示政公函〔2026〕2号）" in slip
    why = {"截止日期": "2026-03-20", "理由": "该材料可能已经移交进馆"}
    assert body(office.write(case, "协办函", why), HELPER) == (
        f"{asked('2026-0001').replace('于2026年3月2日', '').replace('您提出的', '')}"
        f"办理该申请，需要你单位协助查找、提供下列信息或者说明意见：{MATTER}。该材料可能已经移交进馆。"
        "请于2026年3月20日前（含当日）书面回复，并附相关材料；"
        "没有的，请书面说明已经查找的系统、范围和结果。"
    )


def answered(office: Office, case: Case, whose: str, agrees: str, words: str) -> None:
    """Record what *whose* said; a third party is not named on the page."""
    page = office.begin(case, "登记收到意见", office.cast.wang)
    which = page.get_by_label("哪一份征求意见书").locator("option")
    option = which.filter(has_text="第三方" if whose == PARTY else whose).inner_text()
    fill(page, {"哪一份征求意见书": option, "是否同意公开": agrees, "意见内容": words})
    press(page)
