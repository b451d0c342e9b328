"""身份信息只在列明的几处打开：记录了查看的动作、交还本人、从不显示内容的密钥核对（个人信息保护法第五十一条）。"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conventions.source import DEMO, ROOMS, Module, modules, parsed

OPENS = {
    *("reveal", "open_identity", "open_file", "open_letter", "open_words", "open_paper"),
    *("party_of", "opinion_of", "asked_in", "open_returned"),
}
TOOLS = ("gongkai.vault.cipher", "gongkai.foi.identity", "gongkai.foi.receiving.sealing")
MAY_OPEN = {
    "gongkai/vault/columns.py",  # rotation and checks go through it
    "gongkai/foi/disputes/sealed.py",  # the tool of the next
    "gongkai/foi/disputes/actions/looking.py",  # logged, then shown
    "gongkai/foi/issuing/addressee.py",  # printed into a letter as it is signed, shown to nobody
    "gongkai/foi/issuing/sealed.py",  # the tool of the one before and the next two
    "gongkai/foi/issuing/actions/looking.py",  # logged, then handed out
    "gongkai/foi/issuing/actions/taking_over.py",  # 〃, or put to what the applicant is given
    "gongkai/foi/issuing/handing.py",  # given to whoever holds the query code
    "gongkai/foi/handling/sealed.py",  # the tool of the next
    "gongkai/foi/handling/actions/looking.py",  # logged, then shown
    "gongkai/foi/serving/sealed.py",  # the tool of the next
    "gongkai/foi/serving/actions/looking.py",  # logged, then handed out
    "gongkai/foi/identity.py",  # the tool of the one action below
    "gongkai/foi/personal/actions.py",  # look_at_identity
    "gongkai/foi/receiving/sealing.py",  # the tool of the next three
    "gongkai/foi/receiving/actions/looking.py",  # logged, then shown or handed out
    "gongkai/foi/receiving/actions/confirming.py",  # moved from the submission to its request, never shown
    "gongkai/portal/applying/status.py",  # given back to whoever holds its query code, for ten minutes
    "gongkai/people/actions/factors.py",  # the secret of a second factor, compared and never shown
    "gongkai/people/views/factor.py",  # the same, shown once to its owner while it is enrolled
    "gongkai/desk/queries.py",  # what somebody typed, given back to that person only
}
MAY_USE_COLUMNS = {
    "gongkai/vault/columns.py",
    "gongkai/project/keys/actions.py",
    "gongkai/project/keys/queries.py",
    "gongkai/project/keeping/health.py",
}


def openings(module: Module) -> Iterator[str]:
    """Yield where *module* calls, imports or hands on what opens a sealed value."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and _is_a_tool(node.module or ""):
            yield from (
                module.at(node, f"import {name.name}") for name in node.names if name.name in OPENS
            )
        if isinstance(node, ast.Attribute) and node.attr in OPENS:
            yield module.at(node, f".{node.attr}")


def _is_a_tool(name: str) -> bool:
    return name in TOOLS or name.endswith(".sealed")


def uses_columns(module: Module) -> bool:
    """Whether *module* takes hold of the declared columns, whose rows it then could open."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "gongkai.vault.columns"
        and {name.name for name in node.names} & {"declared", "Column"}
        for node in ast.walk(module.tree)
    )


def test_identities_are_opened_in_one_action_only() -> None:
    """页面、命令、导出、后台任务都不能自己打开身份信息。"""
    elsewhere = [module for module in modules(ROOMS, DEMO) if module.path not in MAY_OPEN]
    assert [found for module in elsewhere for found in openings(module)] == []


def test_sealed_columns_are_gone_through_by_keys_and_doctor_only() -> None:
    """逐列打开只用于更换密钥、核对和体检。"""
    users = {module.path for module in modules(ROOMS, DEMO) if uses_columns(module)}
    assert users <= MAY_USE_COLUMNS


def test_what_may_open_does() -> None:
    """名单里没有多余的文件。"""
    known = {module.path: module for module in modules(ROOMS)}
    assert all(any(True for _ in openings(known[path])) for path in MAY_OPEN)


@pytest.mark.parametrize(
    "planted",
    [
        "from gongkai.foi.identity import reveal",
        "from gongkai.foi.identity import reveal as shown",
        "from gongkai.vault.cipher import Sealed, reveal",
        "identity.reveal(applicant)",
        "names = map(cipher.reveal, rows)",
        "from gongkai.foi.issuing.sealed import open_letter",
    ],
)
def test_planted_opening_is_found(planted: str) -> None:
    """The rule itself: each way of getting at an identity is caught."""
    assert len(list(openings(parsed(planted)))) == 1


def test_innocent_lines_are_not_found() -> None:
    """The rule itself: registering an applicant opens nothing."""
    assert list(openings(parsed("from gongkai.foi.identity import Identity, conceal"))) == []
