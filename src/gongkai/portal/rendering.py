"""How every form of the site is rendered: one template for a field, one for a whole form."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """``{{ field.as_field_group }}`` and ``{{ form }}`` use the templates of the portal."""

    field_template_name = "portal/_field.html"
    form_template_name = "portal/_form.html"
