"""Staff addresses of the inbox, under /desk/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.inbox.views import choose_mail, inbox, read_all, read_one

urlpatterns: list[URLPattern] = [
    path("inbox/", inbox, name="desk-inbox"),
    path("inbox/read-all/", read_all, name="desk-inbox-read-all"),
    path("inbox/mail/", choose_mail, name="desk-inbox-mail"),
    path("inbox/<uuid:uid>/read/", read_one, name="desk-inbox-read"),
]
