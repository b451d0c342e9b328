"""Staff addresses of the channels."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.channels.views.listing import channels
from gongkai.channels.views.showing import end, new, photo, settle, showing, strike
from gongkai.channels.views.wechat import ready

urlpatterns: list[URLPattern] = [
    path("", channels, name="channels"),
    path("new/<slug:url_key>/<slug:channel>/", new, name="channel-new"),
    path("ready/<slug:url_key>/", ready, name="channel-ready"),
    path("<uuid:uid>/", showing, name="channel-showing"),
    path("<uuid:uid>/photo/", photo, name="channel-photo"),
    path("<uuid:uid>/settle/", settle, name="channel-settle"),
    path("<uuid:uid>/end/", end, name="channel-end"),
    path("<uuid:uid>/strike/", strike, name="channel-strike"),
]
