"""不变量九：检索不漏。两个字以上的检索词，结果就是可见文字里含有它的全部条目；顺序、数目两种数据库相同。"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.search.actions import index, remove
from gongkai.search.engines import postgresql
from gongkai.search.entry import Audience, Entry
from gongkai.search.queries import find
from gongkai.search.query import QueryRefused
from gongkai.search.results import Facets, Filters
from gongkai.text.folding import fold
from tests.rooms.search.conftest import entry, found, keys, put

pytestmark = pytest.mark.django_db

NUMBER = "豫政〔2024〕5号"
LONG = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(400 * 1000))
"""Four hundred pages of a thousand characters each."""
GOLDEN = {
    1: entry(1, "关于农村低保工作的通知", "各乡镇人民政府，县直各单位。"),
    2: entry(2, "示例县财政预算", "姓名\t金额\n农村\t10\n低保\t20"),
    3: entry(3, "示例县ＰＭ２．５监测", "本月均值为 35 μg/m³，较去年同期下降。"),
    4: entry(4, "转发通知", "现将《关于土地征\n  收补偿的意\u200b见》转发给你们。"),
    5: entry(5, "关于加强管理的意见", "根据豫政[２０２４] 5 号文件", number="示政办〔2024〕12号"),
    6: entry(6, "关于加强管理的意见", "", number=NUMBER),
    7: entry(7, "附件", "见附件。", parts=("第一页末尾是行政", "处罚决定书从这里开始")),
    8: entry(8, "长文", LONG),
    9: entry(9, "Open Data Portal", 'open\ndata and WI-FI; 100% "free" OR not* NEAR(a b)'),
    10: entry(10, "⼟地面积", "共５㎡，①号地块"),
}
QUERIES = [
    *("农村", "低保", "农村低保", "农村10低保20", "金额农村", "征收补偿", "土地征收", "意见》转发"),
    *("2024", "〔2024〕5号", "[2024]5", "（2024）5 号", "豫政〔2024〕5号", "024", "24〕1", "号文"),
    *(
        "pm2.5",
        "ＰＭ",
        "m3",
        "μg",
        "35 μg",
        "行政",
        "处罚",
        "政处",
        "行政处罚",
        LONG[399_000:399_030],
    ),
    *(
        LONG[4_095:4_101],
        LONG[-2:],
        LONG[:2],
        "open data",
        "opendata",
        "en da",
        "Data",
        "wi-fi",
        "100%",
    ),
    *(
        '"free"',
        'free" OR',
        "not*",
        "NEAR(a",
        "a b)",
        "土地面积",
        "5m2",
        "1号地块",
        "5㎡",
        "，①",
        "..",
        "。",
    ),
    *("示例县", "通知 乡镇", "乡镇 通知", "通知 财政", "县 预算", "2024 年", "5 号", "%s %%", "_"),
]


def oracle(typed: str, entries: dict[int, Entry]) -> set[int]:
    """Return the keys by Python's own ``in``, over folded texts."""
    words = [piece for word in typed.split() for piece in fold(word).split()]

    def texts(one: Entry) -> list[str]:
        titles = [one.title, one.number]
        every = titles if all(len(word) < 2 for word in words) else [*titles, one.text, *one.parts]
        return [fold(text) for text in every]

    return {
        n for n, one in entries.items() if all(any(w in text for text in texts(one)) for w in words)
    }


@pytest.fixture
def golden(db: None) -> None:
    put(*GOLDEN.values())


@pytest.mark.usefixtures("golden")
def test_whatever_contains_it_is_found_and_nothing_else() -> None:
    """不变量九：表格、断行、全角半角、文号括号、附件、四百页长文；与逐字比对的结果相同。"""
    assert {typed: set(found(typed)) for typed in QUERIES} == {
        typed: oracle(typed, GOLDEN) for typed in QUERIES
    }
    assert sum(bool(oracle(typed, GOLDEN)) for typed in QUERIES) > 45  # the oracle is no empty one


TEXT = st.text("政府信息公开农村 \n2０〔[Ａaé́㎡ﬁ\u200b\x00\ud800，", max_size=14)
SOME = st.lists(st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=2)), min_size=1, max_size=5)


@given(SOME, st.data())
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_piece_of_any_text_finds_it(
    django_db_blocker: object, texts: list[tuple[str, str, list[str]]], data: st.DataObject
) -> None:
    """不变量九：任意文字，任意截取一段去检索，结果与逐字比对相同。"""
    entries = {
        n: entry(n, title, text, parts=tuple(parts)) for n, (title, text, parts) in enumerate(texts)
    }
    title, text, parts = data.draw(st.sampled_from(texts))
    source = data.draw(st.sampled_from([title, text, *parts]))
    start = data.draw(st.integers(0, len(source)))
    typed = source[start : data.draw(st.integers(start, len(source)))]
    with transaction.atomic():
        put(*entries.values())
        if fold(typed):
            assert set(found(typed)) == oracle(typed, entries)
        for n in entries:
            remove(UUID(int=n), audience=Audience.PUBLIC)
        if fold(typed):
            assert found(typed) == []


def test_half_a_character_parts_no_word() -> None:
    """不变量九：文字里夹着半个字符（抽取附件时有），前后的字仍是一个词。"""
    put(entry(1, "通知", "", parts=("2222\ud8002",)), entry(2, "", "ab\ud800c"))
    assert (found("22222"), found("abc")) == ([1], [2])


def test_results_are_in_one_order() -> None:
    """标题含全部输入的在前，标题含每个词的其次，正文含的最后；同一档新的在前，同一天按编号。"""
    put(
        entry(1, "预算公开", "农村低保"),
        entry(2, "农村的低保", on=date(2020, 1, 1)),
        entry(3, "农村低保", on=date(2019, 1, 1)),
        entry(4, "农村低保标准", on=date(2023, 1, 1)),
        entry(6, "通知", "低保，农村", on=date(2024, 5, 7)),
        entry(5, "通知", "低保，农村", on=date(2024, 5, 7)),
        entry(7, "农村", "低保", on=date(2024, 5, 8)),
        entry(8, "农村", "没有另一个词", on=date(2024, 5, 8)),
    )
    assert found("农村 低保") == [4, 3, 2, 7, 5, 6, 1]
    assert found("农村低保") == [4, 3, 1]


def test_every_page_is_a_part_of_one_list() -> None:
    """翻页不重不漏：三档、许多同一天的条目，逐页相接就是完整的次序。"""
    titles = ["低保标准", "低保的标准", "通知"]
    days = [date(2024, 1, 1) + timedelta(days=n % 3) for n in range(90)]
    put(*(entry(n, titles[n % 7 % 3], "标准，低保标准", on=days[n]) for n in range(90)))
    rank = {"低保标准": 0, "低保的标准": 1, "通知": 2}
    expected = sorted(range(90), key=lambda n: (rank[titles[n % 7 % 3]], -days[n].toordinal(), n))
    pages = [found("低保 标准", page=page) for page in range(1, 7)]
    assert [n for page in pages for n in page] == expected
    assert [len(page) for page in pages] == [20, 20, 20, 20, 10, 0]
    assert find("低保 标准").total == 90


@pytest.mark.parametrize("days_apart", [1, 9, 40])
def test_a_walk_by_months_is_the_same_list(
    monkeypatch: pytest.MonkeyPatch, days_apart: int
) -> None:
    """翻页不重不漏：结果太多、逐月往回找时，疏密不同，次序都和一次排好的一样；截止日期照算。"""
    monkeypatch.setattr(postgresql, "_FEW", 4)
    titles = ["低保标准", "低保的标准", "通知"]
    days = [date(2024, 12, 30) - timedelta(days=n // 3 * days_apart) for n in range(60)]
    put(*(entry(n, titles[n % 7 % 3], "标准，低保标准", on=days[n]) for n in range(60)))
    rank = {"低保标准": 0, "低保的标准": 1, "通知": 2}
    expected = sorted(range(60), key=lambda n: (rank[titles[n % 7 % 3]], -days[n].toordinal(), n))
    until = days[10]
    for filters, wanted in (
        (Filters(), expected),
        (Filters(until=until), [n for n in expected if days[n] <= until]),
    ):
        pages = [found("低保 标准", filters, page) for page in range(1, 4)]
        assert [n for page in pages for n in page] == wanted


FILTERED = [
    entry(1, "低保一", agency_id=1, kind="policy", columns=("a", "b"), effect="valid"),
    entry(2, "低保二", agency_id=1, kind="notice", columns=("b",), on=date(2023, 1, 1)),
    entry(3, "低保三", agency_id=2, kind="policy", on=date(2022, 12, 31), effect="repealed"),
    entry(4, "其他", agency_id=2, columns=("a",)),
]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [1, 2, 3]),
        (Filters(agency_id=1), [1, 2]),
        (Filters(kind="policy"), [1, 3]),
        (Filters(column="b"), [1, 2]),
        (Filters(column="a"), [1]),
        (Filters(column="c"), []),
        (Filters(year=2023), [2]),
        (Filters(effect="repealed"), [3]),
        (Filters(since=date(2023, 1, 1)), [1, 2]),
        (Filters(until=date(2023, 1, 1)), [2, 3]),
        (Filters(kind="' OR 1=1 --"), []),
        (Filters(agency_id=1, kind="policy", year=2024, column="b"), [1]),
    ],
)
@pytest.mark.parametrize("typed", ["低保", "低", "低 低保"])
def test_filters_leave_out_what_is_otherwise(
    filters: Filters, expected: list[int], typed: str
) -> None:
    """机关、种类、栏目、年份、效力、日期：逐项缩小范围，单字检索同样。"""
    put(*FILTERED)
    assert found(typed, filters) == expected


@pytest.mark.parametrize("typed", ["低保", "低"])
def test_facets_count_what_was_found(typed: str) -> None:
    """分面的数目就是结果的数目（数等于列）。"""
    put(*FILTERED)
    assert find(typed).facets == Facets(
        {1: 2, 2: 1}, {"policy": 2, "notice": 1}, {2024: 1, 2023: 1, 2022: 1}, {"a": 1, "b": 2}
    )
    assert find(typed, Filters(agency_id=2)).facets == Facets({2: 1}, {"policy": 1}, {2022: 1}, {})
    assert find(typed, facets=False).facets is None


def test_one_character_looks_at_titles() -> None:
    """一个字只在标题和文号里找；与别的词一起时，正文里有也算。"""
    put(
        entry(1, "水利", "粮食"),
        entry(2, "粮食", "水利"),
        entry(3, "其他", number="示水〔2024〕1号"),
    )
    assert found("水") == [1, 3]
    assert found("水 粮") == []
    assert found("水 粮食") == [1, 2]


def test_a_number_brings_the_document_before_those_that_cite_it() -> None:
    """文号当标题检索：文件本身在前，引用它的在后，括号不论写法。"""
    put(*(GOLDEN[n] for n in (5, 6)), entry(11, "解读", f"按照{NUMBER}执行", on=date(2025, 1, 1)))
    assert found("豫政（2024）5号") == [6, 11, 5]


def test_what_is_indexed_again_is_found_as_it_is_now() -> None:
    """重新编入：旧文字再也找不到，新日期决定次序，总数不变；删除之后什么也不剩。"""
    put(entry(1, "旧标题", "旧正文"), entry(2, "新标题", on=date(2024, 6, 1)))
    put(entry(1, "新标题", "新正文", on=date(2025, 1, 1)))
    assert [found(typed) for typed in ("旧标题", "旧正文", "新标题", "新正文")] == [
        [],
        [],
        [1, 2],
        [1],
    ]
    with transaction.atomic():
        remove(UUID(int=1), audience=Audience.PUBLIC)
        remove(UUID(int=77), audience=Audience.PUBLIC)  # nothing there, nothing to do
    assert [found(typed) for typed in ("新标题", "新正文")] == [[2], []]
    put(entry(1, "新标题", on=date(2025, 1, 1)))
    assert found("新标题") == [1, 2]


def test_what_is_rolled_back_was_never_there() -> None:
    """与发布同一事务：发布不成，索引里什么也没有留下；撤回不成，照样找得到。"""
    put(entry(1, "已经公开", "正文"))

    with transaction.atomic():
        index(entry(2, "没有公开", "正文"))
        remove(UUID(int=1), audience=Audience.PUBLIC)
        assert [found(typed) for typed in ("没有公开", "正文", "已经公开")] == [[2], [2], []]
        transaction.set_rollback(True)
    assert [found(typed) for typed in ("没有公开", "正文", "已经公开")] == [[], [1], [1]]


@pytest.mark.django_db(transaction=True)
def test_the_index_is_written_in_a_transaction_only() -> None:
    """不在事务里就不写：发布与索引要么都在，要么都不在。"""
    with pytest.raises(RuntimeError):
        index(entry(1))
    with pytest.raises(RuntimeError):
        remove(UUID(int=1), audience=Audience.PUBLIC)


def test_what_staff_may_find_is_apart_and_within_their_agencies() -> None:
    """不变量四：公开检索碰不到内部条目；内部检索只在看得到的机关里，数目和分面也一样。"""
    put(
        entry(1, "预算草稿", "机密词", audience=Audience.STAFF, agency_id=1),
        entry(2, "预算草稿", "机密词", audience=Audience.STAFF, agency_id=2),
        entry(1, "预算公开", "公开词"),
    )
    assert (found("预算草稿"), found("机密词"), found("预算")) == ([], [], [1])
    for within, expected in (((2,), [2]), ((1, 2), [1, 2]), ((3,), []), ((), [])):
        for typed in ("机密词", "预算", "预", "预 机密词"):
            results = find(typed, audience=Audience.STAFF, within=frozenset(within))
            assert keys(results) == expected
            assert results.total == len(expected)
            assert results.facets is not None
            assert results.facets.agencies == dict.fromkeys(expected, 1)
    with pytest.raises(ValueError, match="within"):
        find("机密词", audience=Audience.STAFF)


REFUSED_EMPTY = "没有检索，因为没有输入可以检索的文字。请输入要找的词，例如“农村低保”。"
REFUSED_LONG = (
    "没有检索，因为输入的内容太长（最多 200 个字、12 个词）。"
    "请只保留要找的词，词与词之间用空格隔开。"
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", REFUSED_EMPTY),
        (" \n\u3000", REFUSED_EMPTY),
        ("\x00\u200b\ud800", REFUSED_EMPTY),
        ("长" * 201, REFUSED_LONG),
        ("长" * 1_000_000, REFUSED_LONG),
        ("ﷺ" * 100, REFUSED_LONG),
        (" ".join(f"词{n}" for n in range(13)), REFUSED_LONG),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_a_sentence(typed: str, said: str) -> None:
    """空的、太长的：说清楚为什么，怎么办。"""
    with pytest.raises(QueryRefused) as refused:
        find(typed)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "typed",
    [
        *(
            '"',
            '""',
            '" OR title:"',
            "title:农村",
            "农村*",
            "^农村",
            "-农村",
            "农村 NOT 低保",
            "NEAR(农村)",
        ),
        *(
            "'; DROP TABLE search_publicentry; --",
            "%",
            "%%s",
            "?",
            "{title} : x",
            "(",
            "\\",
            "政\x00府",
        ),
        *("<script>alert(1)</script>", "\U0010ffff\U0010fffe", "a" * 200),
    ],
)
def test_whatever_is_typed_is_taken_literally(typed: str) -> None:
    """检索语法、引号、控制字符都只是文字：含有它的找到，不出错。"""
    put(entry(1, "其他", "什么也不含"), entry(2, "通知", f"前{typed}后"))
    assert 2 in found(typed) or all(len(word) == 1 for word in fold(typed).split())
    assert 1 not in found(typed)


def test_a_page_too_far_is_refused() -> None:
    """翻得太远：请缩小范围。"""
    for page in (0, 51):
        with pytest.raises(QueryRefused, match="没有第"):
            find("低保", page=page)
