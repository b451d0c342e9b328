"""Every address of the site. Staff pages live under /desk/ only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongkai.portal.urls")),
    path("desk/", include("gongkai.people.urls")),
    path("desk/", include("gongkai.desk.urls")),
    path("desk/", include("gongkai.agencies.urls")),
    path("desk/", include("gongkai.columns.urls")),
    path("desk/", include("gongkai.documents.urls")),
    path("desk/", include("gongkai.foi.urls")),
    path("desk/", include("gongkai.returns.urls")),
    path("desk/review/", include("gongkai.review.urls")),
    path("desk/registers/", include("gongkai.registers.urls")),
    path("desk/channels/", include("gongkai.channels.urls")),
    path("desk/sharing/", include("gongkai.sharing.urls")),
    path("desk/screening/", include("gongkai.screening.urls")),
    path("desk/publication/plans/", include("gongkai.publication.planning.urls")),
    path("desk/publication/", include("gongkai.publication.urls")),
    path("desk/site/", include("gongkai.publication.site_urls")),
    path("desk/rulebook/", include("gongkai.rulebook.urls")),
    path("desk/letters/", include("gongkai.letters.urls")),
    path("desk/", include("gongkai.jobs.urls")),
    path("desk/", include("gongkai.inbox.urls")),
    path("desk/", include("gongkai.search.urls")),
]

handler400 = "gongkai.project.answers.bad_request"
handler500 = "gongkai.project.answers.server_error"
