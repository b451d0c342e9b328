"""Documents by title or index number."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.found import MOST, Found
from gongkai.agencies.standing import Standing
from gongkai.documents.listing import state_of, titled, with_state
from gongkai.documents.queries import visible_documents


def search(standing: Standing, text: str) -> Iterator[Found]:
    """Yield the documents one may see whose title or index number contains *text*, the newest first."""
    wanted = Q(pk__in=titled(text)) | Q(index_no__icontains=text)
    seen = with_state(visible_documents(standing).filter(wanted))
    for document in seen.order_by("-pk")[:MOST]:
        yield Found(
            "信息",
            vars(document)["title"],
            reverse("desk-item", args=[document.url_key]),
            document.agency_id,
            f"{document.index_no}，{state_of(document)}",
        )
