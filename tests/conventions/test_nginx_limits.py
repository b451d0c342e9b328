"""The shipped nginx lets in what the application lets in: a refusal in English would come before ours."""

from __future__ import annotations

import re

from tests.conventions.source import ROOT


def test_nginx_passes_on_the_largest_upload_that_is_allowed() -> None:
    """附件和检查报告的上限，nginx 都放得下。"""
    allowed = int(_one(r"client_max_body_size (\d+)m;", "deploy/nginx.conf"))
    settings = "src/gongkai/project/environment.py"
    attachment = int(_one(r'"GONGKAI_ATTACHMENT_MEGABYTES", (\d+)\)', settings))
    check = int(_one(r'"GONGKAI_CHECK_MEGABYTES", (\d+)\)', settings))
    assert allowed > max(attachment, check)


def _one(pattern: str, path: str) -> str:
    (found,) = re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"))
    return str(found)
