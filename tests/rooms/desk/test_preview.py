"""Previews: the public page's own function, behind the desk, marked, kept by no cache."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.portal.filed.item import render_item
from gongkai.publication.actions import publish_edition
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import draft
from tests.rooms.portal.scene import account
from tests.rooms.publication.approving import urgent


def _said(page: str) -> str:
    """What is between the head and the foot, but for the minute it goes out."""
    article = page[page.index("<article") : page.index("</article>")]
    return re.sub(r"<time.*?</time>", "", article)


@pytest.mark.parametrize("way", ["desktop", "phone", "elder", "paper"])
def test_a_preview_is_the_public_page_and_says_it_is_none(cast: Cast, way: str) -> None:
    """四种预览与公开后的网页同出一处，多一行“预览，未公开”；只许本站嵌入，不许任何缓存保存。"""
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    edition = draft(cast, title="关于开仓的预览")
    key = edition.document.url_key
    answer = client.get(reverse("desk-item-preview-page", args=[key, way]))
    assert answer.text.count("预览，未公开") == 1
    assert ("look/elder.css" in answer.text) is (way == "elder")
    assert ('print.css" media="all"' in answer.text) is (way == "paper")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    framed = client.get(reverse("desk-item-preview-way", args=[key, way]))
    assert f'src="{reverse("desk-item-preview-page", args=[key, way])}?n=1"' in framed.text
    assert Client().get(f"/n/2026/{key}/").status_code == 404


def test_the_published_page_says_what_the_preview_said(cast: Cast) -> None:
    """批准发布后，公众看到的正文部分与预览逐字相同（少了预览一行）。"""
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    edition = urgent(cast)
    key = edition.document.url_key
    before = client.get(reverse("desk-item-preview-page", args=[key, "desktop"])).text
    publication = publish_edition(edition, by=cast.chen)
    page = render_item(f"{publication.published_at.year}/{key}")
    assert page is not None
    assert _said(page.decode()) == _said(before)
    assert "预览" not in page.decode()
