"""What stands on a saved page around the report: menus, paths, links, footers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

from gongkai.annualreport.format import all_formats
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.reading.page_rows import tidy
from gongkai.annualreport.wording import fold

# Never text of the page.
UNSEEN = (
    frozenset(("script", "style", "head", "title", "noscript", "template", "iframe", "object"))
    | frozenset(("select", "option", "datalist", "button", "input", "textarea"))
    | frozenset(("svg", "canvas", "map", "audio", "video", "del"))
)
_SIDE = frozenset(("nav", "header", "footer", "aside"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
# A class or id that is one of these words, alone or with a word for "box" behind it.
_SIDE_NAME = re.compile(
    r"(\w+[-_])?((bread)?crumbs?|(bd)?share|bdsharebuttonbox|side(bar|nav|menu)"
    r"|(left|top|main|sub|site)?nav(bar|igation)?|(left|top|main|sub)?menus?|foot(er)?"
    r"|copyright|toolbar|qrcode|ewm|weizhi|dqwz|curposition|friendlink)"
    r"([-_]?(box|bar|list|wrap(per)?|area|inner|\d+))?"
    r"|position|location|related|recommend",
    re.I,
)
_FEW_SIGNS = 300
_MANY_NODES = 5000
_PLACE = re.compile(r"(您|你)?(现在|当前|目前)?(所在)?的?(所在)?位置\s*[:：是为]")
_TOOLS = re.compile(
    r"首页|打印(本页|此页)?|关闭(窗口|本页|页面)?|收藏(本页)?|分享(到)?|字[体号]|[大中小]|[上下]一[篇条]"
    r"|返回(顶部|列表)?|下载(文字版|图片版)?|微信|微博|[>＞»›|/\\·:：\s\[\]【】（）()《》_,，-]"
)
_TAIL = re.compile(
    r"(版权所有|主办(单位)?\s*[:：]|承办(单位)?\s*[:：]|技术支持\s*[:：]|网站标识码|责任编辑\s*[:：]"
    r"|分享到|扫一扫|打印本页|【?打印】?|[上下]一[篇条]\s*[:：]?|相关(链接|阅读|信息|文档|稿件|新闻)"
    r"|网站地图|联系我们|\S{0,20}ICP备|\S{0,6}公网安备|友情链接|网站声明|关于我们|浏览次数|Copyright)",
    re.I,
)
_FILES = re.compile(r"[^/\\?#=&]+\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?=$|[?#&])", re.I)


def is_beside(element: Any) -> bool:
    """Tell whether an element is hidden, or a menu, path or footer that holds no part of a report."""
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
        return element.tag not in {"html", "body"}
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    side = element.tag in _SIDE or any(_SIDE_NAME.fullmatch(name) for name in named.split())
    return side and element.tag not in {"html", "body"} and not _holds_text(element)


def _holds_text(element: Any) -> bool:
    """A part with a table, a headline, a sentence or much text besides its links is kept."""
    texts: list[str] = []
    for node in itertools.islice(element.iter(), _MANY_NODES):
        if node.tag in {"table", "h1", "h2", "h3"}:
            return True
        if node.tag not in UNSEEN and node.tag != "a" and isinstance(node.tag, str):
            texts.append(node.text or "")
        if node is not element:
            texts.append(node.tail or "")
    plain = "".join("".join(texts).split())
    return "。" in plain or len(plain) > _FEW_SIGNS


def is_noise(text: str, linked: str) -> bool:
    """Tell whether a line is only links (`linked` is the text inside them), a path or page tools.

    Linked figures stay: a report may link each to its records.
    """
    if _PLACE.match(text):
        return True
    if not any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return False
    rest = text
    for part in linked.split("\n"):
        rest = rest.replace(part, " ", 1) if part else rest
    return not _TOOLS.sub("", rest) and (bool(linked) or len(_TOOLS.findall(text)) > 1)


def without_tail(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines without the footer that follows the report's last section."""
    last = _last_section(lines)
    for place in range(last, len(lines)):
        if _TAIL.match(tidy(lines[place].text)):
            return lines[:place]
    return lines


def _last_section(lines: Sequence[Line]) -> int:
    """Return where the tail may begin: after the last heading and after every table."""
    headings = {fold(form.sections[-1].heading) for form in all_formats()}
    places = [n for n, line in enumerate(lines) if not line.table and fold(line.text) in headings]
    tables = [n for n, line in enumerate(lines) if line.table]
    return len(lines) if not places else max([*places[-1:], *tables[-1:]]) + 1


def attachments(root: Any) -> list[str]:
    """Return the names of files that the page links to."""
    links = (
        element.get("href") or element.get("src") or "" for element in root.iter("a", "iframe")
    )
    found = (_FILES.search(link) for link in links)
    return list(dict.fromkeys(one[0] for one in found if one))
