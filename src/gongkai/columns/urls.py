"""Staff addresses of columns and catalogues."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.columns.views.arranging import adopt, close, hand_over, move, open_one, rename
from gongkai.columns.views.catalogue import bring_in, catalogue, export, link
from gongkai.columns.views.directory import column, columns
from gongkai.columns.views.guide import guide

_ONE = (
    "columns/c/<slug:slug>/"  # apart from the words below, which a column may bear as its address
)

urlpatterns: list[URLPattern] = [
    path("columns/", columns, name="desk-columns"),
    path("columns/open/", open_one, name="desk-column-open"),
    path("columns/standard/", adopt, name="desk-columns-adopt"),
    path("columns/catalogue/", catalogue, name="desk-catalogue"),
    path("columns/catalogue/import/", bring_in, name="desk-catalogue-import"),
    path("columns/catalogue/export.xlsx", export, name="desk-catalogue-export"),
    path("columns/catalogue/<uuid:uid>/column/", link, name="desk-catalogue-link"),
    path("columns/guide/<code:code>/", guide, name="desk-guide"),
    path(_ONE, column, name="desk-column"),
    path(f"{_ONE}rename/", rename, name="desk-column-rename"),
    path(f"{_ONE}move/", move, name="desk-column-move"),
    path(f"{_ONE}hand-over/", hand_over, name="desk-column-hand-over"),
    path(f"{_ONE}close/", close, name="desk-column-close"),
]
