"""Dividing a whole into whole parts by weight, so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Sequence


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """Return parts of *total* in proportion to *weights*, by largest remainder; they sum to *total*."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = sorted(
        range(len(weights)), key=lambda i: (total * weights[i] % whole, -i), reverse=True
    )
    for i in remainders[: total - sum(parts)]:
        parts[i] += 1
    return parts
