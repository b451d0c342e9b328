"""What every page of this room asks first."""

from __future__ import annotations

from django.http import Http404

from gongkai.agencies.forms import Choices
from gongkai.agencies.standing import Standing
from gongkai.columns.models import Column
from gongkai.columns.queries import columns_visible_to, names_on, open_on


def column_or_404(standing: Standing, slug: str) -> Column:
    """Return a column one may see. Another agency's answers as one that does not exist."""
    found = columns_visible_to(standing).filter(slug=slug).select_related("parent").first()
    if found is None:
        raise Http404(slug)
    return found


def column_choices(standing: Standing, *, without: Column | None = None) -> Choices:
    """Return the open columns as choices, by their address, each with its present name."""
    names = names_on(standing.on)
    return [
        (column.slug, f"{names.get(column.pk, column.slug)}（{column.slug}）")
        for column in open_on(standing.on)
        if column != without
    ]


def chosen(slug: str) -> Column | None:
    """Return the column of a choice, None for the empty one."""
    return Column.objects.get(slug=slug) if slug else None
