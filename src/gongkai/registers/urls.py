"""Staff addresses of the registers."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.registers.views.entry import correct, entry, remove
from gongkai.registers.views.importing import add, confirm, discard, staged, template, upload
from gongkai.registers.views.listing import registers

urlpatterns: list[URLPattern] = [
    path("", registers, name="registers"),
    path("import/", upload, name="register-import"),
    path("import/<uuid:uid>/", staged, name="register-staged"),
    path("import/<uuid:uid>/confirm/", confirm, name="register-confirm"),
    path("import/<uuid:uid>/discard/", discard, name="register-discard"),
    path("add/<slug:register>/", add, name="register-add"),
    path("template/<slug:register>.csv", template, name="register-template"),
    path("<uuid:uid>/", entry, name="register-entry"),
    path("<uuid:uid>/correct/", correct, name="register-correct"),
    path("<uuid:uid>/remove/", remove, name="register-remove"),
]
