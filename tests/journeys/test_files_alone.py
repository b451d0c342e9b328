"""With the application and the database stopped, the site is its files: a real nginx, the shipped configuration."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from gongkai.agencies.actions import record_contact
from gongkai.agencies.actions.establishing import Contact
from gongkai.audit import clock
from gongkai.portal.filed.open_data import render_openapi
from gongkai.project.jobs.digest import FOLDER
from gongkai.project.statics import put_out
from gongkai.publication.actions import publish_edition, withdraw
from gongkai.publication.actions.pages import ask_for
from gongkai.publication.actions.writing import ask_everything, write_all_due
from gongkai.publication.models import WrittenPage
from gongkai.publication.pages import kinds
from gongkai.registers.models import Register
from gongkai.text.canonical import sha256_hex
from tests.journeys.crawling import crawl, file_of
from tests.journeys.nginx import NGINX, free_port, nginx
from tests.rooms.portal.scene import Scene, freeze_and_release, make_scene
from tests.rooms.publication.approving import publish, urgent
from tests.rooms.registers.tables import LICENCE, PENALTY, confirm

pytestmark = [
    pytest.mark.usefixtures("db"),
    pytest.mark.skipif(
        NGINX is None, reason="没有 nginx；请以 root 运行：apt-get install -y nginx-light"
    ),
]
DYNAMIC = ("/search/", "/check/", "/desk/", "/apply/form/", "/apply/status/")
"""What needs the application: while it is stopped each answers with the page that says so and leads on."""
RESTING = 503
_STATIC = ("/static/", "/look")


@pytest.fixture(scope="module")
def county(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The public folder of a county: a dozen items of two agencies, one withdrawn; a released report."""
    public = tmp_path_factory.mktemp("county") / "public"
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(PUBLIC=public, SITE_URL="https://localhost"),
    ):
        _publish(make_scene())
        (public / FOLDER).mkdir(parents=True)
        (public / FOLDER / "2024-03-05.txt").write_text("# 公开 审计链头 2024-03-05\n")
        ask_everything()
        assert write_all_due(lambda done, total: None)[1] == 0
        yield public
        transaction.set_rollback(True)


def _publish(scene: Scene) -> None:
    cast = scene.cast
    freeze_and_release(scene)
    gone, *_ = publish(cast, "误发的通知", *[f"关于第 {n} 段渠道清淤的通知" for n in range(9)])
    publish_edition(urgent(cast, "汛情提示"), by=cast.chen)
    withdraw(gone, reason="数字有误", by=cast.li)
    office = Contact(
        "管粮食。",
        "局长钱",
        "粮食局办公室",
        "示例县示例路 1 号",
        "工作日 8:30—17:30",
        "0000-0000001",
    )
    confirm(cast.grain, Register.LICENCE, cast.chen, LICENCE)
    confirm(cast.grain, Register.PENALTY, cast.chen, {**PENALTY, "公示截止期": ""})
    record_contact(cast.grain, office, since=clock.today(), by=cast.chen)


def test_every_link_resolves_with_everything_behind_stopped(county: Path, tmp_path: Path) -> None:
    """应用和数据库都停着：从首页起每个站内链接都通，每一页的哈希与清单相同；要应用办的说明正在维护。"""
    static = tmp_path / "static"
    put_out(static)
    stopped = f"127.0.0.1:{free_port()}"
    with nginx(tmp_path, application=stopped, static=static, public=county) as (site, _):
        found = crawl(site, away=DYNAMIC)
        answers = found.answers
        assert found.dangling == []
        served = {
            where: answer
            for where, answer in answers.items()
            if not where.startswith((*DYNAMIC, *_STATIC))
        }
        assert {where: one.status for where, one in served.items() if one.status != 200} == {}
        manifest = dict(WrittenPage.objects.values_list("path", "sha256"))
        hashes = {file_of(where): sha256_hex(one.body) for where, one in served.items()}
        heads = {path for path in hashes if path.startswith("digest/")}
        assert {path: hashes[path] for path in set(hashes) - heads} == {
            path: manifest.get(path) for path in set(hashes) - heads
        }
        assert len(heads) == 1
        for where in DYNAMIC:
            answer = site.get(where)
            assert (answer.status, "网站正在维护" in answer.body.decode()) == (RESTING, True)
        assert site.get("/", method="POST").status == RESTING
        assert site.get("/.waiting/").status == RESTING
        page = site.get("/n/")
        assert (page.headers["cache-control"], page.headers["x-content-type-options"]) == (
            "no-cache",
            "nosniff",
        )
        assert site.get("/n/index.json").headers["content-type"].startswith("application/json")
        looked = site.get("/", Cookie="look=elder")
        assert looked.body == answers["/"].body
    assert not_reached(hashes, manifest) == []


def not_reached(reached: dict[str, str], manifest: dict[str, str]) -> list[str]:
    """Return pages for people that no link leads to, but for figures of the text that no text names."""
    pages = {path for path in manifest if path.endswith("index.html") and "/cell/n." not in path}
    return sorted(pages - set(reached))


def test_every_file_of_data_is_as_it_is_described(county: Path) -> None:
    """每个数据文件都与 OpenAPI 说明相符，说明里的每一项都有文件；网址与说明一一对应。"""
    description = json.loads(render_openapi(""))
    assert description["openapi"] == "3.1.0"
    validator = jsonschema.Draft202012Validator(
        description, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    templates = {_pattern(path, description): path for path in description["paths"]}
    root, seen = county, set()
    for path in sorted(root.rglob("*.json")):
        address = "/" + str(path.relative_to(root))
        if address == "/api/openapi.json":
            continue
        fitting = [path for pattern, path in templates.items() if pattern.fullmatch(address)]
        assert len(fitting) == 1, address
        seen.add(fitting[0])
        content = description["paths"][fitting[0]]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"]
        faults = validator.evolve(schema={**description, **schema}).iter_errors(
            json.loads(path.read_bytes())
        )
        assert [fault.message for fault in faults] == [], address
    assert seen == {path for path in description["paths"] if not path.startswith("/c/")}


def test_the_commands_on_the_page_prove_a_seal(county: Path, tmp_path: Path) -> None:
    """核验页上的命令照抄就能用：两次打出的哈希相同，与清单里的也相同。"""
    root = county
    page = (root / "verify/index.html").read_text()
    (where,) = re.findall(r"curl -fsS -o seal.json https://localhost(/seal/\S+)", page)
    recipe = re.findall(r"^(python3 -c .+)(?:</code>|$)", page, re.MULTILINE)
    (tmp_path / "seal.json").write_bytes((root / where[1:]).read_bytes())
    told = [_run(line, tmp_path) for line in recipe[:2]]
    sealed = json.loads((tmp_path / "seal.json").read_text())["sha256"]
    assert [one.split()[0] for one in told] == [sealed, sealed]
    tomorrow = clock.now() + timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: tomorrow)
        (kind,) = [kind for kind in kinds.registered() if kind.name == "day-seals"]
        ask_for((kind, key) for key in kind.every())
        write_all_due(lambda done, total: None)
    (day,) = (root / "verify/seals").iterdir()
    assert f"{sealed}  {where}\n" in day.read_text()


def _pattern(path: str, description: dict[str, Any]) -> re.Pattern[str]:
    """What addresses a described path stands for, by what it says of its parameters."""

    def part(found: re.Match[str]) -> str:
        schema = description["components"]["parameters"][found[1]]["schema"]
        return str(schema.get("pattern", "[0-9]+" if "type" in schema else "[^/]+")).strip("^$")

    return re.compile(re.sub(r"{(\w+)}", part, path))


def _run(line: str, folder: Path) -> str:
    command = html.unescape(line).removesuffix("</code></pre></div>")
    command = command.replace("python3", sys.executable, 1)
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
