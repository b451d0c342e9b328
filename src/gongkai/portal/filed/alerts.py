"""An emergency on every page without writing one of them anew: a style sheet every page asks for says the words.

A style sheet is a file like any other: no script, no database, no server that puts pages together. The page
``/alert/`` has the same words as text, with the times, for whoever would copy them or follow the link.
"""

from __future__ import annotations

from gongkai.audit import clock
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.publication.alerts import alert_at

_QUIET = "/* 没有紧急公告 */\n"
_SHOWN = """\
.alert {{ display: block; }}
.alert-head::before {{ content: "{headline}"; }}
.alert-text::before {{ content: "{text}"; }}
"""


def render_sheet(key: str) -> bytes:
    """The style sheet: what the alert says, or nothing."""
    alert = alert_at(clock.now())
    if alert is None:
        return _QUIET.encode()
    return _SHOWN.format(headline=as_string(alert.headline), text=as_string(alert.text)).encode()


def render_alert(key: str) -> bytes:
    """The alert as text, or that there is none."""
    values = {"alert": alert_at(clock.now())}
    return page("portal/alert.html", "/alert/", values, meta=column_metadata("紧急公告"))


def as_string(words: str) -> str:
    """Return *words* as the inside of a CSS string: whatever is not a plain letter or digit is written by its number."""
    return "".join(one if one.isalnum() else f"\\{ord(one):06x}" for one in words)


def sheet_path(key: str) -> str:
    return "alert.css"


def alert_path(key: str) -> str:
    return f"alert/{addresses.INDEX}"
