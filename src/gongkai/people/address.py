"""From where a request comes."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from django.http import HttpRequest


def address_of(request: HttpRequest, proxies: Collection[str]) -> str:
    """Return who asks: what our own proxy wrote last, or the other end of the connection.

    An IPv6 address stands for its /64, all of which one subscriber has.
    """
    asked = str(request.META.get("REMOTE_ADDR") or "")
    if not asked or asked in proxies:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
        asked = forwarded[-1].strip() or asked
    try:
        address = ipaddress.ip_address(asked)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("QQBrowser", "QQ 浏览器"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(request: HttpRequest) -> str:
    """Return what a person would call the device that asks: its system and browser, no fingerprint."""
    told = str(request.META.get("HTTP_USER_AGENT") or "")
    system = next((name for sign, name in _SYSTEMS if sign in told), "")
    browser = next((name for sign, name in _BROWSERS if sign in told), "")
    return " · ".join(part for part in (system, browser) if part) or "未知设备"
