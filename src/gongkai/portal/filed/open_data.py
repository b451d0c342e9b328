"""The site as data: the page that tells of it, and its description for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.registers.layout import Type, layout_of
from gongkai.registers.models import Register, Removal, SubjectKind
from gongkai.text.canonical import Plain, canonical_bytes

_DAY: dict[str, Plain] = {"$ref": "#/components/schemas/Day"}
_TEXT: dict[str, Plain] = {"type": "string"}
_CELL: Mapping[Type, dict[str, Plain]] = {
    Type.TEXT: _TEXT,
    Type.LONG: _TEXT,
    Type.CODE: _TEXT,
    Type.KIND: {"enum": list(SubjectKind.values)},
    Type.DAY: {"oneOf": [_DAY, {"type": "null"}]},
    Type.MONEY: {"type": ["integer", "null"], "description": "以分计"},
}
"""What the cells of a register's column are in its data."""


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
    for name, register in (("Licences", Register.LICENCE), ("Penalties", Register.PENALTY)):
        description["components"]["schemas"][name] = _page_of(register)
    return canonical_bytes(description)


def _page_of(register: Register) -> dict[str, Plain]:
    """Describe a page of a register from its own layout: what of a row was taken down is not told."""
    fields = {one.key: _CELL[one.type] | {"title": one.label} for one in layout_of(register).column}
    row: dict[str, Plain] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["n", "agency", "agency_code", "published_on"],
        "properties": {
            "n": {"type": "integer", "minimum": 1, "description": "第几条，长期不变"},
            "agency": {"type": "string", "description": "作出决定那天的名称"},
            "agency_code": {"$ref": "#/components/schemas/AgencyCode"},
            "published_on": _DAY,
            "removed": {"enum": list(Removal.values)},
            "removed_note": {"type": "string"},
            **fields,
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["register", "title", "address", "older", "rows"],
        "properties": {
            "register": {"const": register.value},
            "title": {"type": "string"},
            "address": {"$ref": "#/components/schemas/Address"},
            "older": {"oneOf": [{"$ref": "#/components/schemas/Address"}, {"type": "null"}]},
            "total": {"type": "integer", "minimum": 0, "description": "归档页没有这一项"},
            "rows": {"type": "array", "items": row},
        },
    }


def _packaged(package: str, *names: str) -> str:
    return files(package).joinpath(*names).read_text(encoding="utf-8")
