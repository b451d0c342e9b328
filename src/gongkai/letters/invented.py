"""An invented case for every letter: what a preview is written with. Nobody and no place of these names exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gongkai.law.grounds import GROUNDS
from gongkai.law.letters import LETTERS
from gongkai.law.remedies import ordinary_remedies, remedies
from gongkai.law.rules import Rules
from gongkai.letters.facts import (
    Charge,
    CitedGround,
    Complaint,
    Contact,
    Enclosure,
    LetterFacts,
    Office,
    Opinion,
    PriorReply,
    Request,
    Search,
    Service,
)
from gongkai.letters.wording.checking import outcomes_of
from gongkai.letters.wording.packaged import duty, series_of

OFFICE = Office(
    "示例县人民政府办公室",
    "示例县人民政府办公室政务公开科",
    "示例县示例路1号",
    "0000-0000000",
)
_CONTENT = "示例县2025年农村公路养护工程中标单位、合同金额和竣工验收报告"
_WHOM = Contact("示例县甲乙丙养护有限公司", "0000-1000000")
_REASONS: Mapping[str, str] = {
    "D05": "申请内容涉及三个年度、二十一个标段的合同，需要逐份核对签字页和附件",
    "D09": "该工程沿线有三所学校，施工组织设计载明了封闭施工的时段和绕行线路，关系师生和沿线村民的通行安全",
    "D20": "两次申请都要求提供2025年农村公路养护工程的中标单位和合同金额，只是文字顺序不同",
    "D22": "原登记表的竣工年份系录入错误，已与竣工验收报告核对一致",
    "D24": "需要核对的档案分散在四个乡镇，调取和核对所需的时间较长",
    "D27": "该路段上的跨湖桥梁由你单位组织验收，验收资料由你单位保存",
    "partial": "投标文件中的施工组织设计载有投标人自行形成、尚未公开的施工工法，投标人采取了保密措施，公开会使其在同类项目中失去竞争优势",
    "refused_secret": "该信息由定密机关依照法定程序确定为秘密级，密级标识齐备，保密期限尚未届满",
    "refused_forbidden": "该信息是统计调查取得的单个调查对象的资料，能够识别对象身份，《示例条例》第五条禁止对外提供",
    "refused_security": "该信息载有水源井位坐标和昼夜值守安排，一旦公开，供水设施难以防护，会危及公共安全",
    "refused_third_party": "施工组织设计载有投标人自行形成、尚未公开的施工工法，投标人采取了保密措施，公开会使其在同类项目中失去竞争优势",
    "refused_internal": "该材料是本机关后勤采购的内部询价单，只用于安排办公用品供应，不影响外部的权利义务",
    "refused_process": "该材料是养护方案的第二次讨论稿，在作出决定之前形成，内容与最后印发的方案不一致",
    "refused_enforcement_file": "该材料是超限运输处罚案件的询问笔录，载有当事人和证人的陈述，已随案卷归档",
    "special_query": "不动产权属登记资料由登记机构按照专门规定提供查询",
    "not_found": "本机关自2019年成立以来没有办理过该路段的养护工程，收发文登记和档案目录中均无记载",
    "not_responsible": "该信息由县级交通运输主管部门在履行公路养护管理职能中制作，本机关没有参与制作，也没有保存",
    "not_ready_made": "您要求的三年对比表没有现成的，需要从二十一份合同中逐份摘录并计算才能得出",
    "still_unclear": "补正材料仍只写“公路的全部资料”，没有写明年度、路段和资料的名称",
    "petition": "您要求查处施工单位拖欠工资，并对经办人员作出处理，实质是投诉和举报",
    "publication": "您要求提供2024年第三期县政府公报，该公报在县图书馆和政务服务大厅免费取阅",
    "excessive": "您说明的情况是“想多了解”，所申请的64件内容互不相关，其中多数已在网站公开",
    "reissue": "您要求在已经取得的验收报告上加盖骑缝章，该报告此前已经依申请提供",
    "not_corrected": "截至期满当日，本机关没有收到补正材料，也没有收到说明",
    "fee_unpaid": "截至期满当日，本机关账户没有收到该笔费用",
    "not_government_information": "您要求解答购房合同如何签订，属于咨询，不是本机关制作或者保存的信息",
    "other": "您的申请与另一件申请同时寄到、内容互为附件，本机关并入受理编号2025-0011的申请一并答复",
}
_OUTCOME_OF: Mapping[str, str] = {"D13": "refused_third_party"}


def invented(code: str, on: date, outcome: str = "") -> LetterFacts:
    """Return an invented case that letter *code* can be written of, signed on *on*; as *outcome* if given."""
    ended = outcome or _OUTCOME_OF.get(code, next(iter(outcomes_of(code)), ""))
    series = series_of(code)
    whole = replace(
        _everything(on),
        number=f"示政办{series.word}〔{on.year}〕5号" if series else "",
        outcome=ended,
        reasons=_REASONS.get(ended) or _REASONS.get(code, ""),
        complaint=_complaint(ended, on) if LETTERS[code].remedy_clause else None,
        service=Service("邮寄（EMS）", "示例县示例镇示例村1号") if duty(code).served else None,
    )
    return replace(whole, **_fitting(code, ended, on))


def _everything(on: date) -> LetterFacts:
    received = on - timedelta(days=21)
    return LetterFacts(
        office=OFFICE,
        request=Request(
            f"{received.year}-0012", received, "示例人甲", _CONTENT, "当面", "纸质复印件"
        ),
        signed_on=on,
        due_on=on + timedelta(days=28),
        until=on + timedelta(days=21),
        matter="农村公路养护工程投标文件中的施工组织设计",
        consulted=_WHOM,
    )


def _complaint(outcome: str, on: date) -> Complaint:
    rules = Rules.national(on)
    open_ = remedies(outcome, on, rules) if outcome else ordinary_remedies(on, rules)
    return Complaint(open_, "示例县人民政府", "示例县人民法院")


def _fitting(code: str, outcome: str, on: date) -> Mapping[str, Any]:
    """What only some letters and outcomes have."""
    found = dict(_BY_LETTER.get(code, {}))
    if code in _PERIODS:
        name, key = _PERIODS[code]
        found[name] = Rules.national(on).limit(key).label
    ground = _ground_of(code, outcome)
    if ground:
        found |= _withheld(ground, on)
    if outcome == "already_public":
        found |= {
            "material": "",
            "given_by": "",
            "enclosures": (),
            "where_published": "示例县人民政府门户网站“政府信息公开”栏目，检索“农村公路养护”。",
        }
    earlier = {"notice_on": on - timedelta(days=13), "corrected_on": on - timedelta(days=8)}
    if code in {"D18", "D19", "D21"}:
        found |= earlier | {"until": on - timedelta(days=1)}
    if code in {"D19", "D20"}:
        found |= {"prior": PriorReply("示政办公复〔2024〕3号", on - timedelta(days=100))}
    if code == "D23":
        found |= _served()
    return found


def _ground_of(code: str, outcome: str) -> str:
    if code == "D12":
        return "ND4"
    refused = (one.code for one in GROUNDS.values() if one.outcome == outcome and code == "D13")
    return next(refused, "")


def _withheld(code: str, on: date) -> dict[str, Any]:
    law = "《示例条例》第五条" if code == "ND2" else ""
    found: dict[str, Any] = {
        "grounds": (CitedGround(code, GROUNDS[code].article, "投标文件中的施工组织设计", law),),
        "separation": "上述部分自成一册，与其余内容可以分开；其余内容已经另行提供或者没有申请。",
    }
    if code == "ND3":
        found["risk"] = "其中载有水源井位坐标和值守安排，公开后会使供水设施失去防护。"
    if code == "ND4":
        answer = "不同意公开，理由是其中有尚未公开的施工工法"
        found["opinion"] = Opinion(on - timedelta(days=16), answer)
    return found


def _served() -> Mapping[str, Any]:
    return {
        "served_documents": ("政府信息不予公开告知书（示政办公复〔2025〕5号）",),
        "service": Service("直接送达", "示例县示例镇示例村1号"),
    }


_PERIODS = {
    "D03": ("within", "correction.period"),
    "D10": ("within", "fee.pay_limit"),
    "D05": ("extended_by", "reply.extension_max"),
    "D06": ("answer_within", "thirdparty.limit"),
    "D08": ("answer_within", "comaker.limit"),
}
_SEARCHES = (
    Search("公文管理系统", "2020年至2025年收发文", "农村公路、养护、竣工验收", "无", date(2025, 9, 4), "示例人乙"),
    Search("档案室", "交通类纸质档案", "目录逐条翻查", "无", date(2025, 9, 5), "示例人乙"),
)  # fmt: skip
_FORM = {
    "申请人姓名或者名称": "示例人甲",
    "申请人类别": "自然人",
    "证件名称及号码": "居民身份证，0000001980010100XX",
    "联系电话": "0000-2000000",
    "通信地址": "示例县示例镇示例村1号",
    "所需信息的名称、文号或者特征": _CONTENT,
    "信息的形式": "纸质",
    "获取的途径": "邮寄",
    "需要的帮助（第四十三条）": "视力障碍，请电话联系",
}
_GIVEN = {"material": "中标单位名称、合同金额和竣工验收报告复印件共36页", "given_by": "随本告知书邮寄"}  # fmt: skip
_COPY = (Enclosure("竣工验收报告（36页）"),)
_FOUND = "2025年8月以来，同一申请人提出申请64件，其中一日之内最多31件"
_BY_LETTER: Mapping[str, Mapping[str, Any]] = {
    "D01": {"form": _FORM},
    "D02": {"received_as": "P4RT-8WNA", "query_code": "K7M2-Q9XP"},
    "D03": {
        "corrections": (
            "写明所需信息是哪个年度、哪条公路的养护工程。",
            "写明“验收报告”是指竣工验收报告还是交工验收报告。",
        ),
    },
    "D04": {"found": _FOUND},
    "D08": {"consulted": Contact("示例县湖泊局", "0000-3000000")},
    "D09": {"opinion": Opinion(date(2025, 9, 2), "不同意公开，理由是涉及施工工法")},
    "D10": {
        "charge": Charge(100_00, "按件计收，依据国办函〔2020〕109号", "当月第11件，超过免费件数，每件100元", "凭本通知书到示例县政务服务大厅3号窗口缴纳")
    },
    "D11": _GIVEN | {"enclosures": _COPY},
    "D12": _GIVEN | {"enclosures": _COPY},
    "D14": {
        "special_rule": "《不动产登记暂行条例》",
        "channel": "持身份证件到示例县不动产登记中心查询窗口申请查询",
    },
    "D15": {"search": _SEARCHES},
    "D16": {"responsible": Contact("示例县交通运输局", "示例县示例路2号，0000-4000000")},
    "D19": {"channel": "示例县信访局，示例路3号，0000-5000000", "found": _FOUND},
    "D21": {"charge": Charge(100_00, "按件计收", "第11件", "政务服务大厅")},
    "D22": {"corrected": "将登记表中的竣工年份由“2024年”改为“2023年”。"},
    "D26": {"enquiry": "示政办公函〔2025〕7号"},
    "D27": {"consulted": Contact("示例县湖泊局", "0000-3000000"), "matter": "农村公路跨湖桥梁的验收资料"},
}  # fmt: skip
