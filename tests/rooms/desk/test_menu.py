"""菜单：每一项有自己的快捷键，谁也不和谁争。"""

from __future__ import annotations

from collections import Counter

from gongkai.desk.menu import MENU


def test_no_two_entries_share_a_key() -> None:
    """GB/T 37668：键盘快捷键各不相同，每个都是一个字母。"""
    keys = Counter(entry.key for entry in MENU)
    assert [key for key, count in keys.items() if count > 1 or len(key) != 1] == []
