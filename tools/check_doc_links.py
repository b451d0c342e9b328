"""Every relative link, image and anchor of our Markdown files exists."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
# Folders that are not ours to read: environments, caches and a county's data.
NOT_OURS = {".venv", ".tools", ".git", "var", "node_modules", "dist", ".pytest_cache"}
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*\s*?$|\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINKS = (
    re.compile(r"\]\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s>]*)*)>?(?:\s+[\"'(][^)]*)?\)"),
    re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE),
    re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=[\"']([^\"'\s]+)", re.IGNORECASE),
)
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
NAMED = re.compile(r"<[^>]+\b(?:id|name)=[\"']([^\"']+)")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def documents(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*.md")):
        if not NOT_OURS & set(path.relative_to(root).parts):
            yield path


def links(text: str) -> Iterator[str]:
    """Yield the targets of *text* that are not on another host; code is not a link."""
    prose = CODE.sub("", COMMENT.sub("", FENCE.sub("", text)))
    for pattern in LINKS:
        for target in pattern.findall(prose):
            if target and not ELSEWHERE.match(target):
                yield target


def anchors(text: str) -> set[str]:
    """Return the anchors a code host gives the headings of *text*, repeated ones numbered."""
    prose = FENCE.sub("", text)
    seen: Counter[str] = Counter()
    found = set(NAMED.findall(prose))
    for heading in HEADING.findall(prose):
        slug = _slug(heading)
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def _slug(heading: str) -> str:
    shown = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    shown = re.sub(r"<[^>]+>", "", shown)
    return re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")


def broken(root: Path) -> list[str]:
    """Return one line for each link of the documents below *root* that leads nowhere."""
    return [
        f"{path.relative_to(root)}: {target}: {why}"
        for path in documents(root)
        for target in links(path.read_text(encoding="utf-8"))
        if (why := _fault(path, target, root))
    ]


def _fault(page: Path, target: str, root: Path) -> str | None:
    name, _, anchor = target.partition("#")
    name = unquote(name.partition("?")[0])
    there = page if not name else (root / name[1:] if name[0] == "/" else page.parent / name)
    if not there.resolve().is_relative_to(root.resolve()):
        return "leads out of the repository"
    if not there.exists():
        return "no such file"
    if not anchor or there.suffix != ".md":
        return None
    known = anchors(there.read_text(encoding="utf-8"))
    return None if unquote(anchor) in known else "no such heading"


def main() -> int:
    found = broken(ROOT)
    for line in found:
        print(line)
    print(f"{sum(1 for _ in documents(ROOT))} documents, {len(found)} broken links")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
