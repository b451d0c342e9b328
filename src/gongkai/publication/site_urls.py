"""Staff addresses of the site as a whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.publication.views.redirects import redirect_table
from gongkai.publication.views.site import (
    alert_lower,
    alert_raise,
    expunge_approve,
    expunge_propose,
    redirect_enter,
    site,
)

urlpatterns: list[URLPattern] = [
    path("", site, name="site"),
    path("alert/", alert_raise, name="site-alert"),
    path("alert/<uuid:uid>/lower/", alert_lower, name="site-alert-lower"),
    path("redirect/", redirect_enter, name="site-redirect"),
    path("redirect/table/", redirect_table, name="site-redirect-table"),
    path("expunge/", expunge_propose, name="site-expunge"),
    path("expunge/<uuid:uid>/approve/", expunge_approve, name="site-expunge-approve"),
]
