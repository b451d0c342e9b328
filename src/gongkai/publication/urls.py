"""Staff addresses of publication."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.publication.views.deciding import publication, publish, take_down
from gongkai.publication.views.listing import publications

urlpatterns: list[URLPattern] = [
    path("", publications, name="publications"),
    path("<slug:url_key>/", publication, name="publication"),
    path("<slug:url_key>/publish/", publish, name="publication-publish"),
    path("<slug:url_key>/withdraw/", take_down, name="publication-withdraw"),
]
