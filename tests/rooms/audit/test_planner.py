"""Statistics for the planner, inside the transaction that entered much."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.audit.planner import refresh_statistics
from gongkai.people.models import Person

_ROWS = {
    "sqlite": "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s LIMIT 1",
    "postgresql": "SELECT reltuples::int FROM pg_class WHERE relname = %s",
}


@pytest.mark.django_db
def test_what_was_entered_in_this_transaction_is_known_to_the_planner() -> None:
    """成批登记之后、提交之前，数据库就知道表里有多少行。"""
    Person.objects.bulk_create([Person(name=f"甲{n}", staff_no=f"P{n}") for n in range(300)])
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute(_ROWS[connection.vendor], [Person._meta.db_table])
        assert cursor.fetchone() == (Person.objects.count(),)
