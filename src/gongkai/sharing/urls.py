"""Staff addresses of what is sent in and passed on."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.sharing.views.listing import sharing
from gongkai.sharing.views.offers import adopt, decline, offer, quote, send, take_back
from gongkai.sharing.views.pushes import delivery, push, refuse, relay, show

_OFFER, _DELIVERY = "offers/<uuid:uid>/", "deliveries/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("", sharing, name="sharing"),
    path("send/<slug:url_key>/", send, name="sharing-send"),
    path(_OFFER, offer, name="sharing-offer"),
    path(f"{_OFFER}adopt/", adopt, name="sharing-adopt"),
    path(f"{_OFFER}quote/", quote, name="sharing-quote"),
    path(f"{_OFFER}decline/", decline, name="sharing-decline"),
    path(f"{_OFFER}withdraw/", take_back, name="sharing-withdraw"),
    path("push/<slug:url_key>/", push, name="sharing-push"),
    path(_DELIVERY, delivery, name="sharing-delivery"),
    path(f"{_DELIVERY}relay/", relay, name="sharing-relay"),
    path(f"{_DELIVERY}show/", show, name="sharing-show"),
    path(f"{_DELIVERY}refuse/", refuse, name="sharing-refuse"),
]
