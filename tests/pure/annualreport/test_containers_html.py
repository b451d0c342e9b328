"""Web pages in the manner of government sites, all read back as the same report."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.annualreport.model import Cell
from gongkai.annualreport.reading.html import page_of_html
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.writing.html import write_html_page
from gongkai.files.refusal import UnreadableError
from tests.pure.annualreport.containers import (
    Block,
    blocks_of,
    lines_of,
    mail_of,
    markup_of,
    rows,
    table_markup,
    texts,
)
from tests.pure.annualreport.reports import clean, consistent_cells

Blocks = tuple[Block, ...]
TITLE = "青禾县人民政府2024年政府信息公开工作年度报告"


def plain(block: Block) -> str:
    """Simple markup."""
    tags = {"title": "h1", "heading": "h2", "paragraph": "p"}
    if block.kind == "table":
        return table_markup(block.rows)
    return f"<{tags[block.kind]}>{escape(block.text)}</{tags[block.kind]}>"


def old_cms(blocks: Blocks) -> bytes:
    """2005: the page is laid out with tables, GBK declared as gb2312, links to other years."""
    links = "".join(
        f'<tr><td><a href="{y}.htm">青禾县人民政府{y}年政府信息公开工作年度报告</a></td></tr>'
        for y in (2022, 2023)
    )
    body = markup_of(blocks, lambda b: f"<p>{b.text}</p>" if not b.rows else table_markup(b.rows))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>{TITLE}</title></head><body><table width=1000><tr><td colspan=2>"
        '<a href="/">首页</a> | <a href="/zw">政务公开</a></td></tr>'
        '<tr><td colspan=2>您现在的位置：<a href="/">首页</a> &gt; 信息公开年报</td></tr>'
        f"<tr><td width=200><table>{links}</table></td><td><table><tr><td>{body}</td></tr></table>"
        "</td></tr><tr><td colspan=2>主办：青禾县人民政府办公室 某ICP备00000000号</td></tr>"
        "</table></body></html>"
    ).encode("gb18030")


def word_filtered(blocks: Blocks) -> bytes:
    """Word's filtered HTML: a label over many spans, o:p, lines broken in the source."""

    def spans(text: str) -> str:
        parts = re.findall(r"[ -~]+|.{1,3}", text) or [""]
        inside = "</span><span\nstyle='font-family:仿宋'>".join(map(escape, parts))
        blank = "" if text else "&nbsp;"
        return f"<p class=MsoNormal><b><span>{inside}{blank}<o:p></o:p></span></b></p>"

    body = markup_of(
        blocks, lambda b: table_markup(b.rows, spans) if b.rows else spans(b.text) + "<o:p></o:p>"
    )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=gb2312>'
        "<style><!-- p.MsoNormal {mso-style-parent:''} --></style></head>"
        f"<body lang=ZH-CN><div class=WordSection1>{body}"
        "<p style='display:none;mso-hide:all'>草稿勿发</p></div></body></html>"
    ).encode("gb18030")


def trs_editor(blocks: Blocks) -> bytes:
    """A TRS page: metas, path, share buttons, padded cells with paragraphs and nbsp."""
    render = lambda b: (  # noqa: E731
        table_markup(b.rows, lambda t: f"<p>&nbsp;{t}&nbsp;</p>", 'border="1"')
        if b.rows
        else f"<p>　　{b.text}</p>"
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报_青禾县</title>'
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2025-01-20 09:00">'
        '<meta name="ContentSource" content="青禾县人民政府办公室"></head><body>'
        '<div class="nav"><ul><li><a href="/">首页</a></li></ul></div>'
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/n">年报</a></div>'
        "<div class='tools'>字体：[<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>]</div>"
        f'<div class="TRS_Editor"><style>.x{{}}</style>{markup_of(blocks, render)}</div>'
        '<div class="bdsharebuttonbox">分享到：微信</div><p>【打印本页】【关闭窗口】</p>'
        '<div class="related"><a href="x">青禾县2023年政府信息公开工作年度报告</a></div>'
        '<div class="footer">主办单位：青禾县人民政府 网站标识码：0000000000</div></body></html>'
    ).encode()


def header_cells(blocks: Blocks) -> bytes:
    """th in thead, headings as bold paragraphs, page parts in nav, aside and footer."""
    render = lambda b: (  # noqa: E731
        "<table><thead>" + table_markup(b.rows, tag="th").removeprefix("<table >")
        if b.rows
        else f"<p><strong>{b.text}</strong></p>"
    )
    return (
        f"<html><body><header><a href='/'>青禾县</a></header><nav><a href='a'>年报</a></nav>"
        f"<main>{markup_of(blocks, render)}</main><aside><ul><li>热门</li></ul></aside>"
        "<footer>版权所有</footer></body></html>"
    ).encode()


def padded(blocks: Blocks) -> bytes:
    """Each table padded with an empty last column and an empty row; colspan as CMS write it."""

    def render(block: Block) -> str:
        if not block.rows:
            return f"<div>{block.text}<br/></div>"
        table = table_markup(block.rows, lambda t: f"<font>{t}</font>")
        return table.replace("</tr>", "<td></td></tr>").replace("</table>", "<tr></tr></table>")

    return f"<body>{markup_of(blocks, render)}</body>".encode()


def line_breaks(blocks: Blocks) -> bytes:
    """One div, everything divided by br; labels broken by br inside cells; no meta at all, GBK."""
    broken = lambda t: t if t.isascii() else t[:2] + "<br>\n" + t[2:]  # noqa: E731
    render = lambda b: (  # noqa: E731
        table_markup(b.rows, broken) if b.rows else f"{b.text}<br><br>\n"
    )
    return f"<div id=zoom>{markup_of(blocks, render)}</div>".encode("gb18030")


def one_table(blocks: Blocks) -> bytes:
    """The whole report typed into one table, the tables nested in cells."""
    body = "".join(
        f"<tr><td colspan=3>{plain(b) if b.rows else f'<p>{b.text}</p>'}</td></tr>" for b in blocks
    )
    return f"<html><body><table border=1>{body}</table></body></html>".encode()


def upper_case(blocks: Blocks) -> bytes:
    """1999: capitals, no closing tags, UTF-16."""
    text = markup_of(blocks, plain)
    text = re.sub(r"</(td|tr|p)>", "", text)
    return f"<HTML><BODY>{re.sub('<[^>]+>', lambda m: m[0].upper(), text)}".encode("utf-16")


def saved_single(blocks: Blocks) -> bytes:
    """A browser's .mht of a TRS page."""
    return mail_of(trs_editor(blocks))


PAGES: tuple[Callable[[Blocks], bytes], ...] = (
    old_cms,
    word_filtered,
    trs_editor,
    header_cells,
    padded,
    line_breaks,
    one_table,
    upper_case,
    saved_single,
)


@pytest.mark.parametrize("page", PAGES)
def test_page_of_every_style_reads_as_the_same_report(page: Callable[[Blocks], bytes]) -> None:
    """九种网页写法，读出同一份报告：每一格、每一段都相同，没有疑点。"""
    reading = read(page(blocks_of(clean())), source="x")
    dated = page in (trs_editor, saved_single)  # their metas say when
    day = dt.date(2025, 1, 20) if dated else None
    assert reading.report == dataclasses.replace(clean(), published_on=day)
    assert reading.findings == ()


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(consistent_cells())
def test_figures_survive_every_style(cells: dict[str, Cell]) -> None:
    """任意一组勾稽一致的数字，经任一种网页读出不变。"""
    report = clean(cells)
    for page in PAGES:
        reading = read(page(blocks_of(report)), source="x")
        assert reading.report is not None
        assert reading.report.cells() == report.cells()


def test_own_page_gives_exactly_its_lines() -> None:
    """本软件写出的网页：逐行逐格一致，重复标题的表名不算正文。"""
    page = page_of_html(write_html_page(clean()).encode())
    assert page.lines == lines_of(clean())
    assert page.hints == {"title": TITLE}


def test_navigation_and_footer_are_left_out() -> None:
    """导航、路径、分享、页脚都不进正文，只剩报告本身。"""
    for page in (trs_editor, header_cells, old_cms):
        assert page_of_html(page(blocks_of(clean()))).lines == lines_of(clean()), page.__name__


def test_metas_become_hints() -> None:
    """网页头部的标题、日期、来源留作线索。"""
    assert page_of_html(trs_editor(blocks_of(clean()))).hints == {
        "title": TITLE,
        "published_on": "2025-01-20 09:00",
        "issuer": "青禾县人民政府办公室",
    }


def test_inline_tags_put_no_blanks_into_words() -> None:
    """一个词拆在几个标签里，拼回时不加空格；源码换行也不加。"""
    page = page_of_html(
        "<p><span>规</span><b>范</b>性\n  文<i>件</i> 12 件<br>第二&nbsp;行".encode()
    )
    assert texts(page) == ["规范性文件 12 件", "第二 行"]


@pytest.mark.parametrize(
    "wrapper",
    ['<div class="nav">{}</div>', '<div style="display:none">{}</div>', "<aside>{}</aside>"],
)
def test_report_in_a_side_part_is_not_lost(wrapper: str) -> None:
    """报告若被误放进导航或隐藏层，仍然读得到。"""
    body = markup_of(blocks_of(clean()), plain)
    page = page_of_html(wrapper.format(body).encode())
    assert page.lines == lines_of(clean())


def test_hidden_copy_is_not_read_twice() -> None:
    """隐藏的打印副本不重复读。"""
    body = markup_of(blocks_of(clean()), plain)
    page = page_of_html(f"<body>{body}<div hidden>{body}</div></body>".encode())
    assert page.lines == lines_of(clean())


def test_linked_figures_stay() -> None:
    """数字带链接（点开看清单）时照读。"""
    page = page_of_html(b"<table><tr><td>A</td><td><a href='l'>12</a></td></tr></table>")
    assert rows(page) == [("A", "12")]


def test_preformatted_text_keeps_its_tabs() -> None:
    """pre 里粘贴的制表符文本按行按格读。"""
    page = page_of_html("<pre>表\n规章\t0\t1\n</pre>".encode())
    assert (texts(page), rows(page)) == (["表"], [("规章", "0", "1")])


def test_attachment_is_named_when_the_page_has_no_table() -> None:
    """正文在附件里时，指出附件名。"""
    page = page_of_html(
        "<p>青禾县政府信息公开工作年度报告见附件。</p><a href='/f/nb2024.pdf?x=1'>下载</a>".encode()
    )
    assert page.notes == ("网页里没有表格，报告可能在附件里（nb2024.pdf）；请下载附件再检查。",)


def test_deep_nesting_is_read_or_refused_but_never_crashes() -> None:
    """嵌套两千层照读，一万层给一句话。"""
    page = page_of_html(b"<div>" * 1900 + "政府".encode() + b"</div>" * 1900)
    assert texts(page) == ["政府"]
    for tag in (b"<div>", b"<table><tr><td>"):
        with pytest.raises(UnreadableError, match="嵌套过深"):
            page_of_html(tag * 10_000 + "政府".encode())


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    """实体炸弹不展开。"""
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>政府&b;&b;</p>'
    assert all(len(text) < 80 for text in texts(page_of_html(bomb.encode())))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><script>load()</script></html>", "网页里没有文字"),
        (b"<!---->", "网页里没有文字"),
        (b"<p>" + b"x" * 15_000_001, "超过 15 MB"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n",
            "没有网页正文",
        ),
    ],
)
def test_page_without_a_report_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    """没有文字、过大、没有正文：各一句话。"""
    with pytest.raises(UnreadableError, match=words):
        page_of_html(data)
