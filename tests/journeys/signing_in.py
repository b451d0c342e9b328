"""Signing in as a person does it: the page, the two fields, the button."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.rooms.portal.scene import PASSWORD


def sign_in(page: Page, login: str) -> None:
    """Go to the sign-in page, and from there to the to-do list."""
    page.goto("/desk/sign-in/")
    fill_sign_in(page, login)
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()


def fill_sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Fill the sign-in page that is open; where it leads depends on what was asked for."""
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
