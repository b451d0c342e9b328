"""Staff addresses of agencies and roles."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.agencies.views.changing import change
from gongkai.agencies.views.directory import agencies, agencies_csv, agency, work
from gongkai.agencies.views.entering import contact, establish, parent, rename
from gongkai.agencies.views.keeping import first, seat, seats, unseat
from gongkai.agencies.views.seats import appoint, deputy, end, move

_ONE = "agencies/<code:code>/"

urlpatterns: list[URLPattern] = [
    path("agencies/", agencies, name="desk-agencies"),
    path("agencies/list.csv", agencies_csv, name="desk-agencies-csv"),
    path("agencies/establish/", establish, name="desk-agency-establish"),
    path("seats/", seats, name="seats"),
    path("seats/appoint/", seat, name="seat"),
    path("seats/first/", first, name="first-seats"),
    path("seats/<uuid:uid>/end/", unseat, name="unseat"),
    path(f"{_ONE}", agency, name="desk-agency"),
    path(f"{_ONE}work/", work, name="desk-agency-work"),
    path(f"{_ONE}rename/", rename, name="desk-agency-rename"),
    path(f"{_ONE}contact/", contact, name="desk-agency-contact"),
    path(f"{_ONE}parent/", parent, name="desk-agency-parent"),
    path(f"{_ONE}change/", change, name="desk-agency-change"),
    path(f"{_ONE}appoint/", appoint, name="desk-agency-appoint"),
    path(f"{_ONE}deputy/", deputy, name="desk-agency-deputy"),
    path(f"{_ONE}seat/<uuid:uid>/end/", end, name="desk-agency-end"),
    path(f"{_ONE}seat/<uuid:uid>/move/", move, name="desk-agency-move"),
]
