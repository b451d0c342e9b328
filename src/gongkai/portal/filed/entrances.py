"""The ways into the site that the law and habit expect, in one order everywhere: front page, map of the site."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.columns.models import Column


@dataclass(frozen=True)
class Entrance:
    """A way in: where it leads, and in a few words what is found there. *column*: only once that one is opened."""

    title: str
    address: str
    note: str
    column: str = ""


STATUTORY = (
    Entrance("政府信息公开指南", "/guide/", "公开什么、怎么查、怎么申请"),
    Entrance("政府信息公开制度", "/c/institutions/", "本县怎样做公开工作的规定", "institutions"),
    Entrance("法定主动公开内容", "/catalogue/", "按条例第二十条、第二十一条列出的目录"),
    Entrance("政府信息公开年报", "/report/", "每年的报告，每个数字都能点开"),
    Entrance("依申请公开", "/apply/", "没有公开的，可以申请"),
)
"""What a platform of open government has to offer (国办公开办函〔2019〕61号)."""
OTHERS = (
    Entrance("公开信息", "/n/", "全部已公开的信息，最新的在前"),
    Entrance("机关和单位", "/o/", "职能、地址、电话、办公时间"),
    Entrance("栏目", "/c/", "按栏目查，谁负责、多久更新"),
    Entrance("基层政务公开标准目录", "/catalogue/standard/", "试点领域的公开事项和标准"),
    Entrance("行政许可公示", "/licences/", "许可了什么、给了谁"),
    Entrance("行政处罚公示", "/penalties/", "处罚了什么、依据什么"),
    Entrance("检查报告", "/check/", "检查一份年度报告填得对不对"),
    Entrance("规则", "/rules/", "期限、费用、处理结果和工作日历"),
    Entrance("核验本站网页", "/verify/", "怎样证明网页没有被改动"),
    Entrance("开放数据", "/api/", "订阅和数据接口"),
)


def standing(entrances: tuple[Entrance, ...]) -> list[Entrance]:
    """Return *entrances* but for a column that this county has not opened."""
    columns = [one.column for one in entrances if one.column]
    opened = set(Column.objects.filter(slug__in=columns).values_list("slug", flat=True))
    return [one for one in entrances if not one.column or one.column in opened]
