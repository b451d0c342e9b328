"""What a pasted style says that matters: bold, centred, hidden, struck through, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]\d\d)|font\s*:\s*[^;]*\bbold\b", re.I)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*(?:-webkit-)?center", re.I)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-6])", re.I)
_SHEET_RULE = re.compile(r"\.([A-Za-z][\w-]*)\s*\{([^{}]{0,2000})\}")
_HEADING_CLASS = re.compile(r"(?:Mso|Wps)?Heading\s*([1-6])", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What an element's style says; None where it says nothing."""

    bold: bool | None = None
    italic: bool = False
    centred: bool = False
    hidden: bool = False
    struck: bool = False
    raised: str = ""
    level: int = 0


@lru_cache(maxsize=2048)
def style_of(text: str, classes: str = "") -> Style:
    """Return what the declarations *text* and the names of *classes* say."""
    level = _OUTLINE.search(text) or _HEADING_CLASS.fullmatch(classes.strip())
    raised = _RAISED.search(text)
    bold = True if _BOLD.search(text) else False if _NOT_BOLD.search(text) else None
    return Style(
        bold=bold,
        italic=bool(_ITALIC.search(text)),
        centred=bool(_CENTRED.search(text)),
        hidden=bool(_HIDDEN.search(text)),
        struck=bool(_STRUCK.search(text)),
        raised=raised[1].lower() if raised else "",
        level=int(level[1]) if level else 0,
    )


def sheet_of(html: str) -> dict[str, str]:
    """Return the declarations of each class in the style sheets pasted along, as Excel does it."""
    sheets = re.findall(r"<style\b[^>]{0,500}>(.{0,500000}?)</style", html, re.I | re.S)
    return {name: rules for sheet in sheets[:20] for name, rules in _SHEET_RULE.findall(sheet)}
