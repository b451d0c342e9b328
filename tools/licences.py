"""Every library we install has a licence a county may live with: permissive, or named in NOTICE.

Copyleft that ends at the library (LGPL, MPL) is accepted when NOTICE names the library; anything that
would reach our own code, or says nothing at all, is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "requirements" / "server.txt"
NOTICE = ROOT / "NOTICE"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
_PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|PSF|ISC|Zlib|0BSD|Unlicense|HPND)", re.IGNORECASE)
_LIMITED = re.compile(r"\b(LGPL|MPL|Lesser General Public|Mozilla Public)", re.IGNORECASE)
_REACHING = re.compile(r"\b(AGPL|Affero|(?<!L)GPL|SSPL|(?<!Lesser )General Public)", re.IGNORECASE)


def problems(names: list[str], notice: str) -> Iterator[str]:
    """Yield a sentence for each library whose licence is not acceptable, or not named."""
    for name in names:
        try:
            stated = licence_of(metadata(name))
        except PackageNotFoundError:
            continue  # another platform's: its marker keeps it out here
        if verdict := judge(name, stated, notice):
            yield verdict


def licence_of(found: PackageMetadata) -> str:
    """Return what a library says of its licence: expression, classifiers, else the first line of text."""
    classifiers = [one for one in found.get_all("Classifier") or [] if one.startswith("License")]
    text = found["License"].strip().partition("\n")[0] if "License" in found else ""
    if "License-Expression" in found:
        return found["License-Expression"]
    return " ".join([*classifiers, text]).strip()


def judge(name: str, stated: str, notice: str) -> str | None:
    """Return why a licence is not acceptable, or None when it is."""
    if _LIMITED.search(stated):
        named = re.search(rf"^{re.escape(name)}\b|, {re.escape(name)}\b", notice, re.MULTILINE)
        return None if named else f"{name}: {stated} must be named in NOTICE"
    if _REACHING.search(stated) and not _PERMISSIVE.search(stated):
        return f"{name}: {stated} would reach our own code"
    if not _PERMISSIVE.search(stated):
        return f"{name}: no licence that we know ({stated or 'it states none'})"
    return None


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    names = _PINNED.findall(LIST.read_text(encoding="utf-8"))
    found = list(problems(names, NOTICE.read_text(encoding="utf-8")))
    for line in found:
        print(line)
    print(f"{len(names)} libraries, {len(found)} licence problems")
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
