"""The link checker behind ``make check`` sees what a reader would click."""

from __future__ import annotations

from pathlib import Path

from tools.check_doc_links import anchors, broken

PAGE = """\
# 一 House rules (v2)
[good](other.md) [anchor](other.md#二-rooms--tables) [self](#一-house-rules-v2) [web](https://example.org/x)
[gone](gone.md) ![picture](shot.png) [heading](other.md#三) <img src="gone.png"> [out](../../x.md)
[ref][r] `[code](code.md)`

[r]: gone-ref.md

```md
[fenced](fenced.md)
```
"""


def test_broken_links_are_named(tmp_path: Path) -> None:
    """Files, images, headings and references; code and other hosts are left alone."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "docs" / "other.md").write_text("## 二 Rooms & tables\n", encoding="utf-8")
    assert sorted(broken(tmp_path)) == [
        "docs/page.md: ../../x.md: leads out of the repository",
        "docs/page.md: gone-ref.md: no such file",
        "docs/page.md: gone.md: no such file",
        "docs/page.md: gone.png: no such file",
        "docs/page.md: other.md#三: no such heading",
        "docs/page.md: shot.png: no such file",
    ]


def test_repeated_headings_are_numbered() -> None:
    """The second heading of the same words has its own anchor."""
    assert anchors("# A b\n## A b\n### `c`, d\n") == {"a-b", "a-b-1", "c-d"}
