"""What device a request comes from."""

from __future__ import annotations

from django.http import HttpRequest

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
