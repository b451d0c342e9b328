"""The demo county's columns and a few rows of its standard catalogues, all invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.columns.actions.entering import enter_catalogue
from gongkai.columns.actions.opening import adopt_standard_tree
from gongkai.columns.catalogue.checking import check_lines
from gongkai.columns.catalogue.reading import read_lines
from gongkai.law.fields import FIELDS
from gongkai_demo.cast import Cast
from gongkai_demo.organs import DATA, Organ

OWNERS: Mapping[str, str] = {
    "plans": "县发展和改革委员会",
    "projects": "县发展和改革委员会",
    "statistics": "县统计局",
    "licensing": "县行政审批局",
    "enforcement": "县司法局",
    "finance": "县财政局",
    "fees": "县财政局",
    "procurement": "县财政局",
    "livelihood": "县民政局",
    "emergency": "县应急管理局",
    "supervision": "县市场监督管理局",
    "recruitment": "县人力资源和社会保障局",
    "municipal-works": "县城市管理局",
    "public-services": "县政务服务和大数据管理局",
    "public-welfare": "县民政局",
    "land-acquisition": "县自然资源局",
    "house-acquisition": "县住房和城乡建设局",
    "public-security": "县公安局",
    "social-assistance": "县民政局",
    "township-farm-policy": "县农业农村局",
    "township-irrigation": "县水利局",
}
"""Which bureau feeds which standard column; the county's office feeds the rest."""


def arrange(organs: Sequence[Organ], cast: Cast) -> None:
    """Adopt the standard tree, spread over the bureaus, and enter the example catalogue."""
    by_name: dict[str, Agency] = {
        organ.agency.names.latest("since").short: organ.agency for organ in organs
    }
    owners = {slug: by_name[short] for slug, short in OWNERS.items()}
    adopt_standard_tree(owner=organs[1].agency, owners=owners, by=cast.officer)
    for path in sorted(DATA.glob("catalogue-*.csv")):
        code = path.stem.removeprefix("catalogue-")
        found = check_lines(read_lines(path.read_bytes(), FIELDS[code]), clock.today())
        if found.problems:
            raise ValueError(f"{path.name}: {found.problems[0].sentence}")
        enter_catalogue(found.entries, by=cast.officer)
