"""不变量九：件数。字少、处处像而不是的文字里，也只数真含有的。"""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.search.queries import find
from gongkai.search.results import Filters
from tests.rooms.search.conftest import entry, keys, put

pytestmark = pytest.mark.django_db


@given(
    st.lists(st.tuples(st.text("甲乙丙", max_size=9), st.text("甲乙丙", max_size=9)), max_size=6),
    st.lists(st.text("甲乙丙", min_size=2, max_size=6), min_size=1, max_size=2),
    st.sampled_from([None, 2024]),
)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_what_only_seems_to_match_is_not_counted(
    few_are_not_read: None, texts: list[tuple[str, str]], typed: list[str], year: int | None
) -> None:
    """不变量九：字少、处处像而不是的文字里，件数和分面也只数真含有的；标题和正文不拼在一起。"""
    with transaction.atomic():
        put(*(entry(n, *both, year=2024 - n % 2) for n, both in enumerate(texts, 1)))
        results = find(" ".join(typed), Filters(year=year))
        transaction.set_rollback(True)
    expected = {
        n
        for n, both in enumerate(texts, 1)
        if all(any(word in text for text in both) for word in typed)
        and year in (None, 2024 - n % 2)
    }
    assert (results.total, set(keys(results))) == (len(expected), expected)
    assert results.facets is not None
    assert sum(results.facets.kinds.values()) == len(expected)
    assert sum(results.facets.years.values()) == len(expected)
