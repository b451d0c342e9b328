"""No personal data in logs: every record is masked before a handler writes it."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import unquote

from gongkai.text.masking import MASK
from gongkai.text.personal_data import with_masks

_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z-])[0-9]{11,}[Xx]?(?![0-9A-Za-z-])")
_EXCEPTIONS = logging.Formatter()


class MaskPersonalData(logging.Filter):
    """Masks identity, mobile and card numbers in the message, the exception and the stack of a record.

    A log forgives no doubt: any other number of eleven places or more goes too, a mistyped one included.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask *record* in place; it is always written."""
        record.msg, record.args = masked_line(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = _EXCEPTIONS.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked_line(record.exc_text)
            record.exc_info = None  # no other formatter may write it out anew
        if record.stack_info:
            record.stack_info = masked_line(record.stack_info)
        return True


def masked_line(text: str) -> str:
    """Return *text* without personal numbers, also those written percent-encoded in an address."""
    plain = unquote(text, errors="replace") if "%" in text else text
    shown = _hide(plain)
    return _hide(text) if shown == plain else shown


def _hide(text: str) -> str:
    return _LONG_NUMBER.sub(lambda found: MASK * len(found[0]), with_masks(text))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  # a log line with the wrong arguments is still a log line
        return str(record.msg)


def protect(logger: Any) -> None:
    """Have every handler of *logger* mask what it writes: for a logger that the settings do not know."""
    for handler in logger.handlers:
        handler.addFilter(MaskPersonalData())
