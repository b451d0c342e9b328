"""Every address of the site. Staff pages live under /desk/ only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongkai.portal.urls")),
    path("desk/", include("gongkai.people.urls")),
    path("desk/", include("gongkai.desk.urls")),
    path("desk/", include("gongkai.foi.urls")),
    path("desk/", include("gongkai.returns.urls")),
    path("desk/rulebook/", include("gongkai.rulebook.urls")),
]
