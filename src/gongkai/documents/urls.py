"""Staff addresses of drafting."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.documents.views.disclosure import disclosure, reassessing, register
from gongkai.documents.views.editing import begin, discard, edit, new, next_one, take
from gongkai.documents.views.files import attach, detach
from gongkai.documents.views.item import attached_file, compare, item
from gongkai.documents.views.listing import items
from gongkai.documents.views.pictures import add, paste, picture
from gongkai.documents.views.word import begin_from_word, take_in

_ITEM = "items/<slug:url_key>/"

urlpatterns: list[URLPattern] = [
    path("items/", items, name="desk-items"),
    path("items/new/", new, name="desk-item-new"),
    path("items/new/word/", begin_from_word, name="desk-item-new-word"),
    path("items/paste/", paste, name="desk-item-paste"),
    path("items/withheld/", register, name="desk-withheld"),
    path("items/withheld/<uuid:uid>/", reassessing, name="desk-withheld-reassess"),
    path(_ITEM, item, name="desk-item"),
    path(f"{_ITEM}edit/", edit, name="desk-item-edit"),
    path(f"{_ITEM}edit/begin/", begin, name="desk-item-begin"),
    path(f"{_ITEM}edit/take-over/", take, name="desk-item-take-over"),
    path(f"{_ITEM}discard/", discard, name="desk-item-discard"),
    path(f"{_ITEM}next/", next_one, name="desk-item-next"),
    path(f"{_ITEM}files/", attach, name="desk-item-attach"),
    path(f"{_ITEM}files/<str:name>", picture, name="desk-item-picture"),
    path(f"{_ITEM}pictures/", add, name="desk-item-picture-add"),
    path(f"{_ITEM}word/", take_in, name="desk-item-word"),
    path(f"{_ITEM}files/<uuid:uid>/", attached_file, name="desk-item-file"),
    path(f"{_ITEM}files/<uuid:uid>/detach/", detach, name="desk-item-detach"),
    path(f"{_ITEM}disclosure/", disclosure, name="desk-item-disclosure"),
    path(f"{_ITEM}compare/", compare, name="desk-item-compare"),
]
