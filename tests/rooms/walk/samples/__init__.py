"""For every staff address, whose object it opens. An address without a sample fails the walk."""

from __future__ import annotations

from collections.abc import Mapping

from tests.rooms.walk.samples.casework import CASEWORK
from tests.rooms.walk.samples.county import COUNTY
from tests.rooms.walk.samples.kinds import (
    NO_KEY,
    Arguments,
    Closed,
    Common,
    Known,
    Listing,
    Owned,
    Sample,
)
from tests.rooms.walk.samples.publishing import PUBLISHING

__all__ = [
    "NO_KEY",
    "SAMPLES",
    "Arguments",
    "Closed",
    "Common",
    "Known",
    "Listing",
    "Owned",
    "Sample",
]

SAMPLES: Mapping[str, Sample] = {**CASEWORK, **PUBLISHING, **COUNTY}
