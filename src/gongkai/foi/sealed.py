"""The sealed columns of this room: who asked, whose opinion was asked, and what it was."""

from __future__ import annotations

import gongkai.foi.handling.sealed  # noqa: F401  # declares its own
from gongkai.foi.identity import PURPOSE, digest_again
from gongkai.vault.columns import declare

declare("foi.Applicant", purpose=PURPOSE, bound="klass", digest="digest", digested=digest_again)
