"""The site as data: the page that tells of it, and its description for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.text.canonical import canonical_bytes


def render_open_data(key: str) -> bytes:
    """Feeds, twins, and where they are described."""
    return page("portal/open_data.html", "/api/", {}, meta=column_metadata("开放数据"))


def render_openapi(key: str) -> bytes:
    """The description of every file of data, the schema of a report included."""
    return _description()


def open_data_path(key: str) -> str:
    return f"api/{addresses.INDEX}"


def openapi_path(key: str) -> str:
    return "api/openapi.json"


@cache
def _description() -> bytes:
    """Read once: it belongs to the program, not to the county."""
    description = json.loads(_packaged("gongkai.portal", "openapi.json"))
    # The published schema stands by itself; here its definitions are part of a larger file.
    report = _packaged("gongkai.annualreport", "schema", "annual-report-1.json")
    moved = json.loads(report.replace('"#/$defs/', '"#/components/schemas/AnnualReport/$defs/'))
    description["components"]["schemas"]["AnnualReport"] = {
        name: part for name, part in moved.items() if name not in ("$schema", "$id")
    }
    return canonical_bytes(description)


def _packaged(package: str, *names: str) -> str:
    return files(package).joinpath(*names).read_text(encoding="utf-8")
