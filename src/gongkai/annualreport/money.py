"""Money of the report: the ledger keeps 分 (integer), table 2 prints 万元."""

from __future__ import annotations

import re
from decimal import Decimal

FEN_IN_WAN_YUAN = 1_000_000
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def wan_yuan(fen: int) -> str:
    """Return `fen` (分) as the shortest exact decimal in 万元: 1158443200 → "1158.4432"."""
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    whole, rest = divmod(size, FEN_IN_WAN_YUAN)
    places = len(str(FEN_IN_WAN_YUAN)) - 1
    fraction = f"{rest:0{places}d}".rstrip("0")
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def fen(amount: str) -> int:
    """Return the 分 in `amount` 万元. Raises `ValueError` when it is no number or finer than 1 分."""
    value = decimal_of(amount)
    if value is None:
        raise ValueError(f"“{amount}”不是以万元为单位的数字，请只写数字和小数点，如 1158.4432。")
    scaled = value * FEN_IN_WAN_YUAN
    if scaled != scaled.to_integral_value():
        raise ValueError(f"“{amount}”万元细于 1 分，请核对小数位数（最多六位）。")
    return int(scaled)


def decimal_of(printed: object) -> Decimal | None:
    """Return a printed amount as an exact number, or None when it is not a plain number."""
    if isinstance(printed, bool) or not isinstance(printed, int | str):
        return None
    text = str(printed)
    return Decimal(text) if _DECIMAL.fullmatch(text) and text.isascii() else None
