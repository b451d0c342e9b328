"""Previews: the public page's own function, behind the desk, marked, kept by no cache."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents.actions import add_picture
from gongkai.portal.filed.item import render_file, render_item
from gongkai.publication.actions import publish_edition
from tests.pure.files.made import picture
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import draft, save
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


def test_a_picture_is_in_the_text_and_not_among_the_files(cast: Cast) -> None:
    """图片显示在正文里，地址就是公开后的地址，不再列为附件；附件照列。"""
    client = Client()
    client.force_login(account(cast.chen, "chen"))
    edition = draft(cast)
    shown = add_picture(edition, BytesIO(picture()), name="图.png", alt="流程图", by=cast.chen)
    save(edition, f'<p><img src="{shown.address}" alt="流程图"></p>', expecting=1, by=cast.chen)
    address = reverse("desk-item-preview-page", args=[edition.document.url_key, "phone"])
    page = client.get(address).text
    assert f'<p><img src="{shown.address}" alt="流程图"></p>' in page
    assert "<h2>附件</h2>" not in page
    answer = client.get(f"{address}{shown.address}")
    assert (b"".join(answer), answer["Content-Type"]) == (picture(), "image/png")
    assert render_file(f"2026/{edition.document.url_key}/{shown.address}") is None
