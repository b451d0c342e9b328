"""Time-based one-time codes (RFC 6238): the secret, its picture, and which step a code belongs to."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

ISSUER = "政务公开"
_WINDOW = 1
"""Steps of thirty seconds before and after the present one: somebody types slowly, a clock is off."""
_LONGEST = 40  # nobody types more; what is longer is not looked at


def new_secret() -> str:
    """Return a fresh secret in base32: 160 bits, as RFC 4226 advises."""
    return pyotp.random_base32()


def uri(secret: str, login: str) -> str:
    """Return the address an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def picture(secret: str, login: str) -> str:
    """Return the QR code as an SVG element that carries neither style nor script."""
    code = segno.make(uri(secret, login), error="m", micro=False)
    # With a viewBox instead of a size: an SVG of fixed size would be cut off on a narrow screen.
    return code.svg_inline(
        scale=5,
        border=4,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title="验证器二维码",
        omitsize=True,
    )


def in_groups(secret: str) -> str:
    """Return *secret* in groups of four, to be typed by hand."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the step whose code *code* is, or None when it is the code of no step near *at*."""
    if not is_code(code):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(
            plain(code), for_time=at, valid_window=_WINDOW
        )
    except OTPVerificationError:
        return None


def is_code(typed: str) -> bool:
    """Whether *typed* has the form of a code: six digits."""
    digits = plain(typed)
    return len(digits) == 6 and digits.isascii() and digits.isdigit()


def plain(typed: str) -> str:
    """Return *typed* without the spaces of an authenticator and the wide digits of an input method."""
    return "".join(unicodedata.normalize("NFKC", typed[:_LONGEST]).split())
